package io.secgroupd.rules.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The seeds of a simulation, of which {@code -Dsimulation.seed=N} repeats one. */
public final class SimulatedSeeds {

    private static final long FIRST = 20_261_124;

    private SimulatedSeeds() {}

    /** Begins the day of a seed. */
    @FunctionalInterface
    public interface Dawn {
        SimulatedDay of(long seed) throws IOException;
    }

    /** @param failure empty when the day went well */
    private record Lived(long seed, long looks, Duration time, String failure, String after) {

        boolean isWell() {
            return failure.isEmpty();
        }
    }

    /**
     * Lives the day of each seed, as many at a time as there are processors, and prints a line on them.
     *
     * @param test  the class that does so, which a failure names
     * @param wish  the system property that says how many seeds there are
     * @param usual how many there are when it does not
     * @return how many days went well: all of them
     * @throws AssertionError with a command for each seed whose day did not, and what happened last in the first of these
     */
    public static long live(Class<?> test, String wish, long usual, Dawn dawn) {
        long begun = System.nanoTime();
        List<Lived> days = LongStream.of(seeds(wish, usual))
                .parallel()
                .mapToObj(seed -> live(seed, dawn))
                .toList();
        System.out.println(line(test, days, Duration.ofNanos(System.nanoTime() - begun)));
        List<Lived> bad = days.stream().filter(Predicate.not(Lived::isWell)).toList();
        if (!bad.isEmpty()) {
            throw new AssertionError(failure(test, bad));
        }
        return days.size();
    }

    private static long[] seeds(String wish, long usual) {
        Long one = Long.getLong("simulation.seed");
        return one != null
                ? new long[] {one}
                : LongStream.range(FIRST, FIRST + Long.getLong(wish, usual)).toArray();
    }

    private static Lived live(long seed, Dawn dawn) {
        try (SimulatedDay day = dawn.of(seed)) {
            String failure = "";
            try {
                day.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                failure = Objects.requireNonNullElse(e.getMessage(), e.toString()) + whereOf(e);
            }
            String after = failure.isEmpty() ? "" : String.join("\n", day.history());
            return new Lived(seed, day.looks(), day.time(), failure, after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the program itself throws needs a place to look at. */
    private static String whereOf(Throwable thrown) {
        return thrown instanceof AssertionError ? "" : " at " + thrown.getStackTrace()[0];
    }

    private static String line(Class<?> test, List<Lived> days, Duration took) {
        return String.format(
                Locale.ROOT,
                "%s: %d seeds in %.1f s, %.1f simulated days, %d steps",
                test.getSimpleName(),
                days.size(),
                took.toMillis() / 1e3,
                days.stream().mapToLong(day -> day.time().toSeconds()).sum() / 86_400.0,
                days.stream().mapToLong(Lived::looks).sum());
    }

    private static String failure(Class<?> test, List<Lived> bad) {
        return bad.stream()
                        .map(day -> "scripts/test -Dtest=" + test.getSimpleName() + " -Dsimulation.seed=" + day.seed()
                                + ": " + day.failure())
                        .collect(Collectors.joining("\n"))
                + "\nThe first of them, after\n" + bad.get(0).after();
    }
}
