package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.Gap;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds and removes children of a collection in brackets or braces. A comma behind the last child is kept where there was one,
 * and never added where there was none: JSON knows no such comma.
 */
final class FlowSplicer {

    private static final int NO_COMMA = -1;

    private final SourceText source;
    private final Children children;
    private final Set<Integer> kept;
    private final Renderer renderer;
    private final TextStyle style;
    private final int open;
    private final int close;
    private final int[] commas;
    private final List<Splice> splices = new ArrayList<>();

    FlowSplicer(SourceText source, TextStyle style, Children children) {
        this.source = source;
        this.style = style;
        this.children = children;
        this.kept = children.kept();
        this.open = children.collection().start();
        this.close = children.collection().end() - 1;
        this.renderer = new Renderer(style, source.lineBreak(open));
        this.commas = children.origins().stream()
                .mapToInt(child -> Gap.find(source, ',', child.end(), close))
                .toArray();
    }

    private TextNode.Child child(int i) {
        return children.origins().get(i);
    }

    /**
     * The splices.
     *
     * @param holder what has the collection as its value: if it is an entry, its map has a line for each
     */
    List<Splice> splices(TextNode.Child holder) {
        if (holder instanceof TextNode.TextEntry entry && isOpenedUp()) {
            openUp(entry);
        } else if (kept.isEmpty()) {
            refill();
        } else {
            change();
        }
        return splices;
    }

    /** An empty collection gets lines of its own where what comes into it usually has. */
    private boolean isOpenedUp() {
        boolean lines = children.slots().stream()
                .map(Children.Slot::value)
                .allMatch(value -> children.isMap() ? Renderer.isSpread(value) : value instanceof DraftMap);
        return children.origins().isEmpty()
                && lines
                && source.isBlank(open + 1, close)
                && Comments.isRestOfLine(source, close + 1);
    }

    private void openUp(TextNode.TextEntry holder) {
        int column = source.column(holder.start()) + (children.isMap() ? style.step() : style.dashOffset());
        splices.add(Splice.deletion(source.skipBlanksBack(open), close + 1));
        List<String> texts = renderer.inBlock(children.slots(), column, children.collection(), "- ");
        splices.add(Splice.insertion(source.lineEnd(close), renderer.lines(texts, column)));
    }

    private void refill() {
        String inside = String.join(", ", renderer.inFlow(children.slots()));
        String pad = children.isMap() && !inside.isEmpty() ? style.bracePad() : "";
        if (isOneLine()) {
            splices.add(new Splice(open + 1, close, pad + inside + pad));
            return;
        }
        splices.add(Splice.insertion(open + 1, pad + inside));
        for (int i = 0; i < commas.length; i++) {
            remove(i);
        }
    }

    /** Reports whether nothing but children, commas and blanks stands between the brackets. */
    private boolean isOneLine() {
        int from = open + 1;
        for (int i = 0; i < commas.length; i++) {
            if (!source.isBlank(from, child(i).start())) {
                return false;
            }
            from = behind(i);
        }
        return source.isBlank(from, close);
    }

    private void change() {
        Map<Integer, List<Children.Slot>> newBehind = children.newBehind();
        int lastKept = commas.length - 1;
        boolean commaLast = commas[lastKept] != NO_COMMA;
        while (!kept.contains(child(lastKept).start())) {
            lastKept--;
        }
        insertInFront(children.newInFront());
        for (int i = 0; i < commas.length; i++) {
            if (!kept.contains(child(i).start())) {
                remove(i);
                continue;
            }
            List<Children.Slot> more = newBehind.getOrDefault(child(i).end(), List.of());
            boolean commaBehind = i < lastKept || commaLast;
            comma(i, commaBehind || !more.isEmpty());
            insert(i, more, commaBehind);
        }
    }

    private void insertInFront(List<Children.Slot> slots) {
        int first = 0;
        while (!kept.contains(child(first).start())) {
            first++;
        }
        for (String text : renderer.inFlow(slots)) {
            splices.add(Splice.insertion(child(first).start(), text + ", "));
        }
    }

    private void comma(int i, boolean wanted) {
        boolean there = commas[i] != NO_COMMA;
        if (wanted && !there) {
            splices.add(Splice.insertion(child(i).end(), ","));
        } else if (there && !wanted) {
            int next = child(i + 1).start(); // there is one, because the last child has no comma that is not wanted
            boolean sameLine = source.isBlank(behind(i), next);
            splices.add(Splice.deletion(commas[i], sameLine ? next : behind(i)));
        }
    }

    private void insert(int i, List<Children.Slot> slots, boolean commaBehind) {
        if (slots.isEmpty()) {
            return;
        }
        List<String> texts = renderer.inFlow(slots);
        var inserted = new StringBuilder();
        boolean ownLine = hasOwnLines(i);
        String before = ownLine ? source.lineBreak(child(i).start()) + indentation(i) : " ";
        for (int k = 0; k < texts.size(); k++) {
            inserted.append(before).append(texts.get(k)).append(k + 1 < texts.size() || commaBehind ? "," : "");
        }
        splices.add(Splice.insertion(ownLine ? source.lineEnd(behind(i)) : behind(i), inserted.toString()));
    }

    private String indentation(int i) {
        return source.slice(source.lineStart(child(i).start()), child(i).start());
    }

    /** Behind the child and its comma. */
    private int behind(int i) {
        return commas[i] != NO_COMMA ? commas[i] + 1 : child(i).end();
    }

    private boolean hasOwnLines(int i) {
        int start = child(i).start();
        return source.isBlank(source.lineStart(start), start) && Comments.isRestOfLine(source, behind(i));
    }

    private void remove(int i) {
        int start = child(i).start();
        if (hasOwnLines(i)) {
            int floor = i > 0 ? behind(i - 1) : open;
            int first = Comments.firstLine(source, start, floor);
            splices.add(Splice.deletion(first, source.nextLine(behind(i))));
            return;
        }
        int next = source.skipBlanks(behind(i));
        int before = source.skipBlanksBack(start);
        boolean last = next == close || next == source.lineEnd(next) || source.hasAt(next, '#');
        boolean first = before == source.lineStart(start);
        splices.add(last && !first ? Splice.deletion(before, behind(i)) : Splice.deletion(start, next));
    }
}
