package io.secgroupd.daemon.flowlog;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers equal rejects. The first of a kind is written at once, so that an operator sees it when it happens, and opens a window;
 * those that follow within the window wait here and become one line. Repeats of a SYN that has its line all wait.
 *
 * <p>A flood from forged sources has no two equal rejects, and would otherwise produce as many lines as packets. So the
 * table is bounded: when it is full, the oldest window is ended early, and when too many are ended early, a new kind
 * is not recorded but counted.
 */
final class RejectTable {

    /** The largest number of windows that are open at a time, in about 4 MB. */
    static final int CAPACITY = 16_384;

    private final int capacity;
    private final long windowMillis;
    private final LineBudget early;
    private final Consumer<FlowRecord> atOnce;
    private final Consumer<FlowRecord> gathered;
    private final RepeatedRefusals repeated;
    private final Map<Window, Window> open;
    private final Window probe = new Window(new FlowRecord());
    private long lost;

    /**
     * @param early    the limit on windows that are ended before their time
     * @param atOnce   the receiver of a reject that is the first of its kind
     * @param gathered the receiver of those of a window that had to end early
     */
    RejectTable(
            int capacity,
            long windowMillis,
            LineBudget early,
            Consumer<FlowRecord> atOnce,
            Consumer<FlowRecord> gathered) {
        this(capacity, windowMillis, early, atOnce, gathered, RepeatedRefusals.JUDGED_AGAIN);
    }

    /** @param repeated takes those that come again and again */
    RejectTable(
            int capacity,
            long windowMillis,
            LineBudget early,
            Consumer<FlowRecord> atOnce,
            Consumer<FlowRecord> gathered,
            RepeatedRefusals repeated) {
        this.repeated = repeated;
        this.capacity = capacity;
        this.windowMillis = windowMillis;
        this.early = early;
        this.atOnce = atOnce;
        this.gathered = gathered;
        this.open = new LinkedHashMap<>(capacity * 2);
    }

    /** Hands on the first of a kind, gathers a copy of another, or counts it as lost. */
    void add(FlowRecord reject) {
        probe.record = reject;
        Window equal = open.get(probe);
        if (equal != null) {
            equal.record.absorb(reject);
            equal.offered = repeated.offer(reject, equal.record.packets(), equal.offered);
        } else if (open.size() < capacity) {
            open(reject, new Window(new FlowRecord()));
        } else if (early.take(reject.lastMillis())) {
            Window oldest = removeOldest();
            if (!oldest.record.isEmpty()) {
                gathered.accept(oldest.record);
            }
            open(reject, oldest);
        } else {
            lost += reject.packets();
        }
    }

    private void open(FlowRecord reject, Window window) {
        window.begunMillis = reject.firstMillis();
        window.record.fill(reject);
        window.offered = 0;
        if (!reject.repeat()) {
            atOnce.accept(reject);
            window.record.forgetPackets();
        }
        open.put(window, window);
    }

    /** Takes what the next window that has ended has gathered, or null. */
    @Nullable
    FlowRecord pollExpired(long nowMillis) {
        while (!open.isEmpty() && open.values().iterator().next().hasEnded(nowMillis, windowMillis)) {
            FlowRecord record = removeOldest().record;
            if (!record.isEmpty()) {
                return record;
            }
        }
        return null;
    }

    private Window removeOldest() {
        Iterator<Window> windows = open.values().iterator();
        Window oldest = windows.next();
        windows.remove();
        return oldest;
    }

    /** The number of rejects since the start that found no room. */
    long lost() {
        return lost;
    }

    /** What is gathered of one kind, as a key that compares what makes two attempts equal. */
    private static final class Window {
        private FlowRecord record;
        private long begunMillis;
        /** What {@link RepeatedRefusals#offer} has returned last. */
        private long offered;

        Window(FlowRecord record) {
            this.record = record;
        }

        /** Compares both ways, because a window must not stay open for ever when the clock was set back. */
        boolean hasEnded(long nowMillis, long windowMillis) {
            return nowMillis - begunMillis >= windowMillis || begunMillis - nowMillis >= windowMillis;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Window window && record.sameAttempt(window.record);
        }

        @Override
        public int hashCode() {
            return record.attemptHash();
        }
    }
}
