package io.secgroupd.rules.fuzz;

/** What a target claims. It is made for millions of inputs, so that a claim that holds costs nothing. */
public final class Claim {

    private Claim() {}

    /**
     * Something that must hold.
     *
     * @throws AssertionError with these words when it does not
     */
    public static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /**
     * Two values that must be equal.
     *
     * @throws AssertionError with the words, and both values, when they are not
     */
    public static void same(Object one, Object other, String otherwise) {
        if (!one.equals(other)) {
            throw new AssertionError(otherwise + ": " + one + " and " + other);
        }
    }
}
