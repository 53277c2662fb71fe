package io.secgroupd.rules.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Gives equal texts one copy where it can: the same keys stand in every rule, and so do many values, which make up half of a
 * tree. It remembers a fixed number of texts, each in the place that its hash gives it, so that no choice of texts costs
 * time or memory: two that share a place only replace each other.
 */
final class SharedTexts {

    /** A power of two, so that the lower bits of a hash are a place. It holds the words of a policy with room to spare. */
    private static final int PLACES = 4096;

    private final @Nullable String[] remembered = new String[PLACES];

    /** The text, as a copy that was met before if it is remembered. */
    String shared(String text) {
        int place = text.hashCode() & (PLACES - 1);
        String before = remembered[place];
        if (text.equals(before)) {
            return before;
        }
        remembered[place] = text;
        return text;
    }
}
