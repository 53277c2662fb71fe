package io.secgroupd.daemon.dataplane;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often one rule has decided. It outlives the policy: as long as a rule's id comes back, its counter does. Counted by
 * every loop, read by anyone. Times are milliseconds since 1970-01-01T00:00:00Z.
 */
public final class RuleCounter {

    private final String group;
    private final String rule;
    private final long since;
    private final AtomicLong hits;
    private final AtomicLong first;
    private final AtomicLong last;

    /**
     * A counter that goes on from these figures.
     *
     * @param since when counting began
     * @param first the first hit; 0 without one
     * @param last  the last hit; 0 without one
     */
    public RuleCounter(String group, String rule, long since, long hits, long first, long last) {
        this.group = group;
        this.rule = rule;
        this.since = since;
        this.hits = new AtomicLong(hits);
        this.first = new AtomicLong(first);
        this.last = new AtomicLong(last);
    }

    void hit(long epochMillis) {
        hits.getAndIncrement();
        if (first.getOpaque() == 0) {
            first.compareAndSet(0, epochMillis);
        }
        last.setOpaque(epochMillis);
    }

    public String group() {
        return group;
    }

    /** {@code sgr-…}. */
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
