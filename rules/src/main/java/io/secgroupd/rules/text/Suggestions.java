package io.secgroupd.rules.text;

import java.util.Collection;
import java.util.Optional;

/**
 * Finds the known words that unknown ones were probably meant to be, as long as that costs little: to compare thirty
 * thousand unknown names with thirty thousand known ones would take minutes. An object serves one reading, or one
 * batch.
 */
public final class Suggestions {

    /** About a quarter of a second. */
    private static final int COMPARISONS = 1_000_000;

    private int left = COMPARISONS;

    /** The known word with the fewest typing errors, see {@link Nearest#to}. Empty when too many were asked for. */
    public Optional<String> nearest(String word, Collection<String> known) {
        left -= Math.min(left, known.size());
        return left == 0 ? Optional.empty() : Nearest.to(word, known);
    }

    /** {@code ; did you mean "x"?}, or nothing. */
    public String hint(String word, Collection<String> known) {
        return nearest(word, known).map(Nearest::hint).orElse("");
    }
}
