package io.secgroupd.rules.testkit;

import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** The seeds of a simulation, of which {@code -Dsimulation.seed=N} repeats one. */
public final class SimulatedSeeds {

    private static final long FIRST = 20_261_124;

    private SimulatedSeeds() {}

    /**
     * Lives by each seed. A life has one thread and knows nothing of the others, so that each processor can have one.
     *
     * @param wish  the system property that says how many seeds there are
     * @param usual how many there are when it does not
     * @param life  returns what went wrong, if anything did
     * @return how many lives went well; all of them did
     */
    public static long live(String wish, long usual, LongFunction<Optional<AssertionError>> life) {
        long[] seeds = seeds(wish, usual);
        Optional<AssertionError> first = LongStream.of(seeds)
                .parallel()
                .mapToObj(life)
                .flatMap(Optional::stream)
                .findFirst();
        if (first.isPresent()) {
            throw first.get();
        }
        return seeds.length;
    }

    private static long[] seeds(String wish, long usual) {
        Long one = Long.getLong("simulation.seed");
        return one != null
                ? new long[] {one}
                : LongStream.range(FIRST, FIRST + Long.getLong(wish, usual)).toArray();
    }

    /** What a failure says, so that it can be repeated. */
    public static AssertionError failure(long seed, Throwable cause, Iterable<String> history) {
        return new AssertionError(
                "-Dsimulation.seed=" + seed + ": " + cause.getMessage() + ", after\n" + String.join("\n", history),
                cause);
    }
}
