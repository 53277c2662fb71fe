package io.secgroupd.daemon.control;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells times that stay consistent when the host's clock is changed: a host that boots without a battery-backed clock
 * believes for its first minute that it is 1970. The times count from the wall clock at the start of the process.
 */
public final class SteadyTime {

    /** The wall clock at the start, meaningful only together with {@link #START_NANOS}. */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final Instant START = Instant.now();

    private static final long START_NANOS = System.nanoTime();

    private SteadyTime() {}

    public static Instant now() {
        return START.plusNanos(System.nanoTime() - START_NANOS);
    }

    /**
     * Converts a moment to the wall clock as it runs now, since the wall clock's reading at that moment may have been wrong.
     */
    public static Instant byTheWall(Instant steady, Instant wallNow) {
        return byTheWall(steady, now(), wallNow);
    }

    static Instant byTheWall(Instant steady, Instant steadyNow, Instant wallNow) {
        return wallNow.minus(Duration.between(steady, steadyNow));
    }
}
