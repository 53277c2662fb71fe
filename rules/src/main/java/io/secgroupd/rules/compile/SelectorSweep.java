package io.secgroupd.rules.compile;

import io.secgroupd.rules.compile.ServiceTableCompiler.Candidate;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.decide.SelectorTables;
import io.secgroupd.rules.net.PortRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Turns rules in any order into the table of their selectors, which has the first rule that matches for each interval.
 */
final class SelectorSweep {

    /** A selector at which a rule begins to match, or ceases to. */
    private record RuleEdge(int selector, int rule, boolean begins) {}

    private SelectorSweep() {}

    /** Appends the table of one slot. */
    static void append(Stream<Candidate> candidates, SelectorTables.Builder tables) {
        var edges = new ArrayList<RuleEdge>();
        candidates.forEach(candidate -> {
            edges.add(new RuleEdge(candidate.selectors().first(), candidate.rule(), true));
            edges.add(new RuleEdge(candidate.selectors().last() + 1, candidate.rule(), false));
        });
        edges.sort(Comparator.comparingInt(RuleEdge::selector));
        tables.slot();
        sweep(edges, tables);
    }

    private static void sweep(List<RuleEdge> edges, SelectorTables.Builder tables) {
        var matching = new TreeSet<Integer>();
        int at = 0;
        for (RuleEdge edge : edges) {
            if (edge.selector() > at) {
                tables.interval(at, first(matching));
                at = edge.selector();
            }
            if (edge.begins()) {
                matching.add(edge.rule());
            } else {
                matching.remove(edge.rule());
            }
        }
        if (at <= PortRange.MAX_PORT) {
            tables.interval(at, first(matching));
        }
    }

    private static int first(SortedSet<Integer> matching) {
        return matching.isEmpty() ? RuleTable.NO_RULE : matching.first();
    }
}
