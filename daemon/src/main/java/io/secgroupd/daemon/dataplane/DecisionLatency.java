package io.secgroupd.daemon.dataplane;

import org.HdrHistogram.Histogram;

/**
 * How long packets have waited for their verdicts since the start, over all loops. The wait is counted from when their burst
 * was read until its verdicts were written.
 *
 * @param nanos a copy of the histogram, in nanoseconds
 * @param sumNanos the exact sum, in nanoseconds
 */
public record DecisionLatency(Histogram nanos, long sumNanos) {}
