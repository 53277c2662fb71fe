package io.secgroupd.rules.testkit;

import java.util.stream.LongStream;

/** The seeds of a simulation: {@code -Dsimulation.seed=N} repeats one, and {@code -Dsimulation.seeds=N} tries so many. */
public final class SimulatedSeeds {

    private static final long FIRST = 20_261_124;

    private SimulatedSeeds() {}

    /** @param usual how many there are when nobody wishes for others */
    public static long[] of(long usual) {
        Long one = Long.getLong("simulation.seed");
        return one != null
                ? new long[] {one}
                : LongStream.range(FIRST, FIRST + Long.getLong("simulation.seeds", usual))
                        .toArray();
    }

    /** What a failure says, so that it can be repeated. */
    public static AssertionError failure(long seed, Throwable cause, Iterable<String> history) {
        return new AssertionError(
                "-Dsimulation.seed=" + seed + ": " + cause.getMessage() + ", after\n" + String.join("\n", history),
                cause);
    }
}
