package io.secgroupd.daemon.shadow;

import io.secgroupd.daemon.dataplane.DifferenceCounter;
import io.secgroupd.daemon.dataplane.DifferenceTable;
import io.secgroupd.daemon.dataplane.ShadowPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy in force and the candidate beside it, for as long as both are. What it says of a difference is found once, because
 * looking for the nearest rule takes time. Used under the lock of its owner.
 */
final class ShadowPair {

    private final ShadowPolicy judged;
    private final DifferenceText text;
    /** By the counter itself, of which there is one for each difference. */
    private final Map<DifferenceCounter, Difference> told = new HashMap<>();
    /** How often the owner has looked since another pair has taken its place. */
    private int looksSinceEnd;

    ShadowPair(DifferenceText text) {
        this.text = text;
        this.judged = ShadowPolicy.of(text.candidate());
    }

    /** What the packet loops judge by and count in. */
    ShadowPolicy judged() {
        return judged;
    }

    /** Everything that was counted so far. */
    ShadowTotals totals() {
        DifferenceTable table = judged.differences();
        var differences = new ArrayList<Difference>();
        table.counters().forEach(counter -> differences.add(told(counter)));
        others(DifferenceKind.NEWLY_REFUSED, table.others(true), differences);
        others(DifferenceKind.NEWLY_ALLOWED, table.others(false), differences);
        return new ShadowTotals(judged.compared(), judged.faults(), differences);
    }

    private Difference told(DifferenceCounter counter) {
        return told.computeIfAbsent(counter, text::of).counted(counter.count(), Instant.ofEpochMilli(counter.last()));
    }

    private static void others(DifferenceKind kind, DifferenceCounter counter, List<Difference> differences) {
        if (counter.count() > 0) {
            differences.add(Difference.others(
                    kind,
                    counter.count(),
                    Instant.ofEpochMilli(counter.first()),
                    Instant.ofEpochMilli(counter.last())));
        }
    }

    /**
     * Reports whether no burst can still count in this pair, which another one has replaced. The owner looks once a second, and a
     * burst takes some milliseconds.
     */
    boolean isOver() {
        looksSinceEnd++;
        return looksSinceEnd > 2;
    }
}
