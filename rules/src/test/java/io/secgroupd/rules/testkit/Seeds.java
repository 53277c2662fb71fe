package io.secgroupd.rules.testkit;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * The seeds of tests by random input: the same in every build, and free ones by hand. {@code -Dsecgroupd.seed=N} says which is
 * the first, {@code -Dsecgroupd.tries=N} how many there are.
 */
public final class Seeds {

    private static final long FIRST = 20_261_130;

    private Seeds() {}

    /**
     * The seeds.
     *
     * @param usual how many there are when nothing is said
     */
    public static LongStream of(int usual) {
        long first = Long.getLong("secgroupd.seed", FIRST);
        return LongStream.range(first, first + Integer.getInteger("secgroupd.tries", usual));
    }

    /** Gives each seed to a test. What fails says how to repeat it. */
    public static void each(int usual, LongConsumer test) {
        of(usual).forEach(seed -> {
            try {
                test.accept(seed);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError(
                        "to repeat this: -Dsecgroupd.seed=" + seed + " -Dsecgroupd.tries=1: " + failed.getMessage(),
                        failed);
            }
        });
    }
}
