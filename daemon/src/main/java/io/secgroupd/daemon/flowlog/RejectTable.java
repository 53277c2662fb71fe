package io.secgroupd.daemon.flowlog;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers equal rejects. The first of a kind waits here for the length of the window and absorbs those that follow.
 *
 * <p>A flood from forged sources has no two equal rejects, and would otherwise produce as many lines as packets. So the
 * table is bounded: when it is full, the oldest entry is written early, and when too many are written early, a new kind
 * is not recorded but counted.
 */
final class RejectTable {

    /** The largest number of kinds that wait at a time, in about 4 MB. */
    static final int CAPACITY = 16_384;

    private final int capacity;
    private final long windowMillis;
    private final LineBudget early;
    private final Map<Attempt, FlowRecord> waiting;
    private final Attempt probe = new Attempt(new FlowRecord());
    private long lost;

    /** @param early the limit on entries that are written before their time */
    RejectTable(int capacity, long windowMillis, LineBudget early) {
        this.capacity = capacity;
        this.windowMillis = windowMillis;
        this.early = early;
        this.waiting = new LinkedHashMap<>(capacity * 2);
    }

    /**
     * Adds a copy of a reject, or counts it as lost.
     *
     * @param tooEarly the receiver of an entry that has to make room
     */
    void add(FlowRecord reject, Consumer<FlowRecord> tooEarly) {
        probe.record = reject;
        FlowRecord equal = waiting.get(probe);
        if (equal != null) {
            equal.absorb(reject);
        } else if (waiting.size() < capacity) {
            insert(reject, new FlowRecord());
        } else if (early.take(reject.lastMillis())) {
            FlowRecord oldest = removeOldest();
            tooEarly.accept(oldest);
            insert(reject, oldest);
        } else {
            lost += reject.packets();
        }
    }

    private void insert(FlowRecord reject, FlowRecord into) {
        into.fill(reject);
        waiting.put(new Attempt(into), into);
    }

    /** Takes the next entry whose window has ended, or null. */
    @Nullable
    FlowRecord pollExpired(long nowMillis) {
        if (waiting.isEmpty()) {
            return null;
        }
        FlowRecord oldest = waiting.values().iterator().next();
        // Compares both ways, because an entry must not wait for ever when the clock was set back.
        boolean ended =
                nowMillis - oldest.firstMillis() >= windowMillis || oldest.firstMillis() - nowMillis >= windowMillis;
        return ended ? removeOldest() : null;
    }

    private FlowRecord removeOldest() {
        Iterator<FlowRecord> entries = waiting.values().iterator();
        FlowRecord oldest = entries.next();
        entries.remove();
        return oldest;
    }

    /** The number of rejects since the start that found no room. */
    long lost() {
        return lost;
    }

    /** A record as a key that compares what makes two attempts equal. */
    private static final class Attempt {
        private FlowRecord record;

        Attempt(FlowRecord record) {
            this.record = record;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Attempt attempt && record.sameAttempt(attempt.record);
        }

        @Override
        public int hashCode() {
            return record.attemptHash();
        }
    }
}
