package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.RangeLists;
import java.util.Arrays;

/**
 * One table for every number in {@link RangeLists}: selectors (ports, or ICMP type and code) cut into intervals, each
 * with the first rule that matches there. All tables lie in one array, 4 bytes an interval: the first selector, and the
 * rule, of which an instance has at most 16 groups of a thousand. No pointer is followed.
 */
public final class SelectorTables {

    /** How {@link RuleTable#NO_RULE} is written. */
    private static final int NONE = 0xffff;

    private final int[] starts;
    private final int[] intervals;

    private SelectorTables(int[] starts, int[] intervals) {
        this.starts = starts;
        this.intervals = intervals;
    }

    int match(int slot, int selector) {
        int below = starts[slot]; // begins with selector 0
        int above = starts[slot + 1];
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (intervals[middle] >>> Short.SIZE <= selector) {
                below = middle;
            } else {
                above = middle;
            }
        }
        int rule = intervals[below] & NONE;
        return rule == NONE ? RuleTable.NO_RULE : rule;
    }

    /** Takes the tables in the order of their slots, and the intervals of each ascending, beginning with 0. */
    public static final class Builder {
        private int[] starts = new int[16];
        private int[] intervals = new int[16];
        private int slots;
        private int size;

        /** Begins the table of the next slot. */
        public void slot() {
            if (slots + 1 == starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            starts[slots++] = size;
        }

        /**
         * Appends an interval; one with the same rule as the interval before only makes that longer.
         *
         * @param first its first selector
         * @param rule  by its index, or {@link RuleTable#NO_RULE}
         */
        public void interval(int first, int rule) {
            boolean begins = size == starts[slots - 1];
            if (begins != (first == 0)) {
                throw new IllegalArgumentException("intervals must cover every selector");
            }
            if (rule != RuleTable.NO_RULE && rule >= NONE) {
                throw new IllegalArgumentException("more than " + NONE + " rules in one table");
            }
            int written = rule & NONE; // NO_RULE has all bits set
            if (!begins && (intervals[size - 1] & NONE) == written) {
                return;
            }
            if (size == intervals.length) {
                intervals = Arrays.copyOf(intervals, 2 * size);
            }
            intervals[size++] = first << Short.SIZE | written;
        }

        public SelectorTables build() {
            starts[slots] = size;
            return new SelectorTables(Arrays.copyOf(starts, slots + 1), Arrays.copyOf(intervals, size));
        }
    }
}
