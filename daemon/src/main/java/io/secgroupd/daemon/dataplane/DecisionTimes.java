package io.secgroupd.daemon.dataplane;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long packets waited for one loop: from when the first of their burst was read until their verdicts were written.
 * Recording neither locks nor allocates; whoever reads makes the loop wait for nothing.
 */
final class DecisionTimes {

    /** Nanoseconds. Below it the clock itself is what is measured; above it the daemon has failed anyway. */
    private static final long SHORTEST = 128;

    private static final long LONGEST = 60_000_000_000L;
    /** Within 1 % of the value, in about 25 kB. */
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

    /** Nanoseconds of all packets together. */
    long sum() {
        return sum.getOpaque();
    }

    /** Adds everything since the start to a histogram of {@link #newHistogram}. */
    synchronized void addTo(Histogram total) {
        collected.add(recorder.getIntervalHistogram());
        total.add(collected);
    }
}
