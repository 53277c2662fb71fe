package io.secgroupd.daemon.cli;

/** Counts in words: {@code 1 rule}, {@code 2 rules}. */
final class Plural {

    private Plural() {}

    static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
