package io.secgroupd.rules.decide;

import java.util.Arrays;

/**
 * One table for every slot of an {@link AddressTable}: selectors (ports, or ICMP type and code) cut into intervals, each
 * with the first rule that matches there. All tables lie in the same arrays: 6 bytes an interval and no pointers to
 * follow.
 */
public final class SelectorTables {

    private final int[] starts;
    private final char[] firsts;
    private final int[] rules;

    private SelectorTables(int[] starts, char[] firsts, int[] rules) {
        this.starts = starts;
        this.firsts = firsts;
        this.rules = rules;
    }

    int match(int slot, int selector) {
        int below = starts[slot]; // begins with selector 0
        int above = starts[slot + 1];
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (firsts[middle] <= selector) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return rules[below];
    }

    /** Takes the tables in the order of their slots, and the intervals of each ascending, beginning with 0. */
    public static final class Builder {
        private int[] starts = new int[16];
        private char[] firsts = new char[16];
        private int[] rules = new int[16];
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
            if (!begins && rules[size - 1] == rule) {
                return;
            }
            if (size == firsts.length) {
                firsts = Arrays.copyOf(firsts, 2 * size);
                rules = Arrays.copyOf(rules, 2 * size);
            }
            firsts[size] = (char) first;
            rules[size++] = rule;
        }

        public SelectorTables build() {
            starts[slots] = size;
            return new SelectorTables(
                    Arrays.copyOf(starts, slots + 1), Arrays.copyOf(firsts, size), Arrays.copyOf(rules, size));
        }
    }
}
