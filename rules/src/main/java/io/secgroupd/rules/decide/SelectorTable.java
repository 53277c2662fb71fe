package io.secgroupd.rules.decide;

import java.util.Arrays;

/** Selectors (ports, or ICMP type and code) cut into intervals, each with the first rule that matches there. */
public final class SelectorTable {

    private final char[] firsts;
    private final int[] rules;

    /**
     * @param firsts the first selector of every interval, ascending, beginning with 0
     * @param rules  the rule of every interval by its index, or {@link RuleTable#NO_RULE}
     */
    public SelectorTable(char[] firsts, int[] rules) {
        if (firsts.length == 0 || firsts[0] != 0 || firsts.length != rules.length) {
            throw new IllegalArgumentException("intervals must cover every selector");
        }
        this.firsts = firsts.clone();
        this.rules = rules.clone();
    }

    int match(int selector) {
        int index = Arrays.binarySearch(firsts, (char) selector);
        return rules[index >= 0 ? index : -index - 2];
    }
}
