package io.secgroupd.daemon.dataplane;

import java.util.List;

/** Counts what has been decided since the start, whatever the source of packets. Any thread may read it. */
public interface DecisionTotals {

    /** The totals of each loop. */
    List<LoopCounters> counters();

    /** How long packets have waited; empty where no packet waits. */
    DecisionLatency latency();
}
