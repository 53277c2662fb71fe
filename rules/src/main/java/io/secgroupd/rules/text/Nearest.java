package io.secgroupd.rules.text;

import java.util.Collection;
import java.util.Optional;

/** Finds the known word that an unknown one was probably meant to be. */
public final class Nearest {

    /** Names beyond this length are not compared: a name has at most 64 characters and a prefix. */
    private static final int LONGEST = 80;

    private Nearest() {}

    /** The known word with the fewest typing errors: at most a third of the letters, and at most 3. */
    public static Optional<String> to(String word, Collection<String> known) {
        String best = null;
        int fewest = Math.min(3, Math.max(1, word.length() / 3)) + 1;
        for (String candidate : known) {
            boolean comparable = word.length() > 1 && word.length() <= LONGEST;
            int errors = comparable ? distance(word, candidate, fewest) : fewest;
            if (errors < fewest) {
                fewest = errors;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code ; did you mean "x"?}, or nothing when no known word is near. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(Nearest::hint).orElse("");
    }

    static String hint(String near) {
        return "; did you mean " + Quote.of(near) + "?";
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other, up to a limit. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                row[j] = step(a, b, i, j, beforeLast, last, row);
                least = Math.min(least, row[j]);
            }
            if (least >= limit) {
                return limit;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }

    private static int step(String a, String b, int i, int j, int[] beforeLast, int[] last, int[] row) {
        char ours = a.charAt(i - 1);
        char theirs = b.charAt(j - 1);
        int replaced = last[j - 1] + (ours == theirs ? 0 : 1);
        int errors = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && ours == b.charAt(j - 2) && a.charAt(i - 2) == theirs;
        return swapped ? Math.min(errors, beforeLast[j - 2] + 1) : errors;
    }
}
