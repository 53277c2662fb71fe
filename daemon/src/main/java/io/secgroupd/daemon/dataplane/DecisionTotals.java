package io.secgroupd.daemon.dataplane;

import java.util.List;
import org.HdrHistogram.Histogram;

/** Counts what has been decided since the start, whatever the source of packets. Any thread may read it. */
public interface DecisionTotals {

    /** The totals of each loop. */
    List<LoopCounters> counters();

    /** How long packets have waited; empty where no packet waits. */
    DecisionLatency latency();

    /**
     * How long packets have waited for their verdicts since the start, over all loops. The wait is counted from when their burst
     * was read until its verdicts were written.
     *
     * @param nanos a copy of the histogram, in nanoseconds
     * @param sumNanos the exact sum, in nanoseconds
     */
    public record DecisionLatency(Histogram nanos, long sumNanos) {}
}
