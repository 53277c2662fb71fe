package io.secgroupd.controlplane.edit.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Carries splices into a text. */
final class Splices {

    private static final Comparator<Splice> ORDER =
            Comparator.comparingInt(Splice::start).thenComparing(splice -> splice.end() > splice.start());

    private final String text;
    private final List<Splice> deletions = new ArrayList<>();

    private Splices(String text, List<Splice> splices) {
        this.text = text;
        splices.stream()
                .filter(splice -> splice.replacement().isEmpty())
                .sorted(ORDER)
                .forEach(this::join);
    }

    private void join(Splice deletion) {
        Splice last = deletions.isEmpty() ? null : deletions.get(deletions.size() - 1);
        if (last == null || deletion.start() > last.end()) {
            deletions.add(deletion);
        } else {
            deletions.set(deletions.size() - 1, Splice.deletion(last.start(), Math.max(last.end(), deletion.end())));
        }
    }

    /**
     * The text with these changes. What stands at one place keeps its order; insertions come before what is replaced there.
     * Deletions may overlap each other. What would be inserted behind a line that is itself deleted comes behind the line
     * above.
     */
    static String apply(String text, List<Splice> splices) {
        var deleted = new Splices(text, splices);
        List<Splice> sorted = splices.stream().map(deleted::moved).sorted(ORDER).toList(); // stable
        var out = new StringBuilder();
        int done = 0;
        for (Splice splice : sorted) {
            out.append(text, done, Math.max(done, splice.start())).append(splice.replacement());
            done = Math.max(done, splice.end());
        }
        return out.append(text, done, text.length()).toString();
    }

    private Splice moved(Splice splice) {
        if (splice.end() > splice.start()) {
            return splice;
        }
        int at = splice.start();
        return deletions.stream()
                .filter(deletion -> deletion.start() < at && (at < deletion.end() || isUnbrokenEnd(at, deletion)))
                .findFirst()
                .map(deletion -> Splice.insertion(lineEndBefore(deletion.start()), splice.replacement()))
                .orElse(splice);
    }

    /** The end of a text without a last line break is the end of its last line. */
    private boolean isUnbrokenEnd(int at, Splice deletion) {
        return at == deletion.end() && at == text.length() && !SourceText.isBreak(text.charAt(at - 1));
    }

    /** The end of the line above; for a piece of a line, where that begins. */
    private int lineEndBefore(int start) {
        if (text.startsWith("\r\n", start - 2)) {
            return start - 2;
        }
        return start > 0 && SourceText.isBreak(text.charAt(start - 1)) ? start - 1 : start;
    }
}
