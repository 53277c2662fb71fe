package io.secgroupd.daemon.dataplane;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Records how long packets waited for one loop, from when the first of their burst was read until their verdicts were
 * written. Recording neither locks nor allocates, and a reader never makes the loop wait.
 */
final class DecisionTimes {

    /** In nanoseconds. Below the least value only the clock is measured; above the greatest the daemon has failed anyway. */
    private static final long SHORTEST = 128;

    private static final long LONGEST = 60_000_000_000L;
    /** Keeps values within 1 % of the truth, in about 25 kB. */
    private static final int DIGITS = 2;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(SHORTEST, LONGEST, DIGITS);
    private final Histogram collected = newHistogram();
    private final AtomicLong sum = new AtomicLong();

    static Histogram newHistogram() {
        return new Histogram(SHORTEST, LONGEST, DIGITS);
    }

    void record(long nanos, int packets) {
        recorder.recordValueWithCount(Math.max(0, Math.min(nanos, LONGEST)), packets);
        sum.setOpaque(sum.getPlain() + nanos * packets);
    }

    /** The nanoseconds of all packets together. */
    long sum() {
        return sum.getOpaque();
    }

    /** Adds everything since the start to a histogram of {@link #newHistogram}. */
    synchronized void addTo(Histogram total) {
        collected.add(recorder.getIntervalHistogram());
        total.add(collected);
    }
}
