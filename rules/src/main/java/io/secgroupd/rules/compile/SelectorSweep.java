package io.secgroupd.rules.compile;

import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.decide.SelectorTable;
import io.secgroupd.rules.net.PortRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Rules in any order to the table of their selectors. */
final class SelectorSweep {

    /** A selector at which a rule begins to match, or ceases to. */
    private record Edge(int selector, int rule, boolean begins) {}

    private final TreeSet<Integer> matching = new TreeSet<>();
    private final char[] firsts;
    private final int[] rules;
    private int size;

    private SelectorSweep(int edges) {
        this.firsts = new char[edges + 1];
        this.rules = new int[edges + 1];
    }

    static SelectorTable of(List<Candidate> candidates) {
        var edges = new ArrayList<Edge>(2 * candidates.size());
        for (Candidate candidate : candidates) {
            edges.add(new Edge(candidate.selectors().first(), candidate.rule(), true));
            edges.add(new Edge(candidate.selectors().last() + 1, candidate.rule(), false));
        }
        edges.sort(Comparator.comparingInt(Edge::selector));
        var sweep = new SelectorSweep(edges.size());
        sweep.over(edges);
        return new SelectorTable(Arrays.copyOf(sweep.firsts, sweep.size), Arrays.copyOf(sweep.rules, sweep.size));
    }

    private void over(List<Edge> edges) {
        int at = 0;
        for (Edge edge : edges) {
            if (edge.selector() > at) {
                interval(at);
                at = edge.selector();
            }
            if (edge.begins()) {
                matching.add(edge.rule());
            } else {
                matching.remove(edge.rule());
            }
        }
        if (at <= PortRange.MAX_PORT) {
            interval(at);
        }
    }

    private void interval(int first) {
        int rule = matching.isEmpty() ? RuleTable.NO_RULE : matching.first();
        if (size == 0 || rules[size - 1] != rule) {
            firsts[size] = (char) first;
            rules[size] = rule;
            size++;
        }
    }
}
