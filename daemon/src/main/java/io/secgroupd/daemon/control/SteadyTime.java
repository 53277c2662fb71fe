package io.secgroupd.daemon.control;

import java.time.Duration;
import java.time.Instant;

/**
 * Moments between which the true time lies, whatever is done to the clock of the host meanwhile: a host that boots without a
 * battery clock believes for its first minute that it is 1970. They count from the wall clock at the start of the process.
 */
public final class SteadyTime {

    /** When it was read does not matter: only with {@link #START_NANOS} it means anything. */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final Instant START = Instant.now();

    private static final long START_NANOS = System.nanoTime();

    private SteadyTime() {}

    public static Instant now() {
        return START.plusNanos(System.nanoTime() - START_NANOS);
    }

    /** What a moment is by the wall clock as it goes now: the wall clock's own reading then may have been wrong. */
    public static Instant byTheWall(Instant steady, Instant wallNow) {
        return byTheWall(steady, now(), wallNow);
    }

    static Instant byTheWall(Instant steady, Instant steadyNow, Instant wallNow) {
        return wallNow.minus(Duration.between(steady, steadyNow));
    }
}
