package io.secgroupd.daemon.dataplane;

import org.HdrHistogram.Histogram;

/**
 * How long packets have waited for their verdicts since the start, over all loops: from when their burst was read until its
 * verdicts were written.
 *
 * @param nanos    a copy, in nanoseconds
 * @param sumNanos the exact sum
 */
public record DecisionLatency(Histogram nanos, long sumNanos) {}
