package io.secgroupd.rules.text;

import java.util.Locale;

/** Counts in words: {@code 1 rule}, {@code 2 rules}. */
public final class Plural {

    private Plural() {}

    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** A number with its thousands set apart: {@code 12,345}. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
