package io.secgroupd.daemon.dataplane;

import java.util.List;

/** What has been decided since the start, wherever packets come from. Read by anyone. */
public interface DecisionTotals {

    /** Totals of each loop. */
    List<LoopCounters> counters();

    /** How long packets have waited; nothing where none waits. */
    DecisionLatency latency();
}
