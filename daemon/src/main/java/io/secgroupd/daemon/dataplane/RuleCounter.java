package io.secgroupd.daemon.dataplane;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often one rule has decided. It outlives the policy: as long as a rule's id comes back, its counter stays. Every
 * loop counts, and any thread may read. Times are milliseconds since 1970-01-01T00:00:00Z.
 */
public final class RuleCounter {

    private final String group;
    private final String rule;
    private final long since;
    private final AtomicLong hits;
    private final AtomicLong first;
    private final AtomicLong last;

    /**
     * Makes a counter that goes on from these figures.
     *
     * @param since the time when counting began
     * @param first the time of the first hit; 0 without one
     * @param last the time of the last hit; 0 without one
     */
    public RuleCounter(String group, String rule, long since, long hits, long first, long last) {
        this.group = group;
        this.rule = rule;
        this.since = since;
        this.hits = new AtomicLong(hits);
        this.first = new AtomicLong(first);
        this.last = new AtomicLong(last);
    }

    void hit(int times, long epochMillis) {
        hits.getAndAdd(times);
        if (first.getOpaque() == 0) {
            first.compareAndSet(0, epochMillis);
        }
        last.setOpaque(epochMillis);
    }

    public String group() {
        return group;
    }

    /** The id of the rule, as {@code sgr-…}. */
    public String rule() {
        return rule;
    }

    public long since() {
        return since;
    }

    public long hits() {
        return hits.get();
    }

    public long first() {
        return first.getOpaque();
    }

    public long last() {
        return last.getOpaque();
    }
}
