package io.secgroupd.daemon.capture;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Corrects the times of a capture, on which the time-outs of flows depend. A packet counts as of the latest sound time when
 * its own time is impossible, more than a day ahead of now, or more than a second before that latest time.
 */
final class CaptureClock {

    private static final long MICROS = 1_000_000;
    /** Captures of several queues or interfaces are a little out of order. */
    private static final long OUT_OF_ORDER = Duration.ofSeconds(1).toMillis();
    /** The clock of another host may be ahead. */
    private static final long AHEAD = Duration.ofDays(1).toMillis();

    private static final long LATEST_SECOND = 253_402_300_799L;

    private final LongSupplier now;
    private long latest;
    private long unsound;

    /** @param now returns milliseconds since 1970-01-01T00:00:00Z */
    CaptureClock(LongSupplier now) {
        this.now = now;
    }

    /** Returns milliseconds since 1970-01-01T00:00:00Z for a packet with this time in its header. */
    long millis(long seconds, long micros) {
        boolean possible = seconds >= 0 && seconds <= LATEST_SECOND && micros >= 0 && micros < MICROS;
        long millis = possible ? seconds * 1000 + micros / 1000 : Long.MAX_VALUE;
        if (millis > now.getAsLong() + AHEAD || millis < latest - OUT_OF_ORDER) {
            unsound++;
        } else {
            latest = Math.max(latest, millis);
        }
        return latest;
    }

    /** How many packets had a time that was not used. */
    long unsound() {
        return unsound;
    }
}
