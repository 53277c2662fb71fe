package io.secgroupd.rules.text;

/** Counts in words: {@code 1 rule}, {@code 2 rules}. */
public final class Plural {

    private Plural() {}

    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
