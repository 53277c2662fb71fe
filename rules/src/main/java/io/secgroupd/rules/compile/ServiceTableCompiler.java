package io.secgroupd.rules.compile;

import io.secgroupd.rules.decide.Layer;
import io.secgroupd.rules.decide.ServiceTable;
import io.secgroupd.rules.net.PortRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Rules of one protocol to a {@link ServiceTable}.
 *
 * <p>The edges of all port ranges cut the selectors into intervals. Where the rules of an interval have few addresses
 * they become one layer: one lookup. Merging them everywhere would copy the addresses of a wide rule into every interval
 * that it covers, up to rules × ranges of memory. So the larger ones are kept in a segment tree over the intervals: a rule
 * stands at no more than 2 log n nodes, each node is one layer, and an interval asks the layers on its way from the root.
 */
final class ServiceTableCompiler {

    /** Address ranges up to which the rules of an interval are merged: a few cache lines to search. */
    private static final int MERGE_UP_TO = 64;

    private final LayerFactory layers;
    private final List<Candidate> candidates;
    private final int[] edges;
    private final Map<Integer, List<Candidate>> nodes = new HashMap<>();
    private final Map<List<Candidate>, Layer> built = new HashMap<>();

    private ServiceTableCompiler(LayerFactory layers, List<Candidate> candidates) {
        this.layers = layers;
        this.candidates = candidates;
        this.edges = edges(candidates);
    }

    /** @param candidates in rule order */
    static ServiceTable compile(LayerFactory layers, List<Candidate> candidates) {
        return candidates.isEmpty() ? ServiceTable.EMPTY : new ServiceTableCompiler(layers, candidates).compile();
    }

    private static int[] edges(List<Candidate> candidates) {
        var edges = new TreeSet<>(List.of(0, PortRange.MAX_PORT + 1));
        for (Candidate candidate : candidates) {
            edges.add(candidate.selectors().first());
            edges.add(candidate.selectors().last() + 1);
        }
        return edges.stream().mapToInt(Integer::intValue).toArray();
    }

    private ServiceTable compile() {
        int intervals = edges.length - 1;
        for (Candidate candidate : candidates) {
            place(candidate, 1, 0, intervals);
        }
        var firsts = new char[intervals];
        var ofInterval = new ArrayList<List<Layer>>(intervals);
        for (int interval = 0; interval < intervals; interval++) {
            firsts[interval] = (char) edges[interval];
            ofInterval.add(layersOf(pathTo(interval, intervals)));
        }
        return new ServiceTable(firsts, ofInterval);
    }

    /** Puts a candidate at the highest nodes below {@code node} (intervals {@code from} to {@code to}) that it covers. */
    private void place(Candidate candidate, int node, int from, int to) {
        int first = candidate.selectors().first();
        int end = candidate.selectors().last() + 1;
        if (end <= edges[from] || first >= edges[to]) {
            return;
        }
        if (first <= edges[from] && edges[to] <= end) {
            nodes.computeIfAbsent(node, unused -> new ArrayList<>()).add(candidate);
            return;
        }
        int middle = (from + to) >>> 1;
        place(candidate, 2 * node, from, middle);
        place(candidate, 2 * node + 1, middle, to);
    }

    /** The rules at each node from the root to an interval. */
    private List<List<Candidate>> pathTo(int interval, int intervals) {
        var path = new ArrayList<List<Candidate>>();
        int node = 1;
        int from = 0;
        int to = intervals;
        while (true) {
            List<Candidate> here = nodes.get(node);
            if (here != null) {
                path.add(here);
            }
            if (to - from == 1) {
                return path;
            }
            int middle = (from + to) >>> 1;
            boolean left = interval < middle;
            node = left ? 2 * node : 2 * node + 1;
            from = left ? from : middle;
            to = left ? middle : to;
        }
    }

    private List<Layer> layersOf(List<List<Candidate>> path) {
        int addresses = path.stream()
                .flatMap(List::stream)
                .mapToInt(candidate -> candidate.peers().addresses().size())
                .sum();
        if (path.size() > 1 && addresses <= MERGE_UP_TO) {
            List<Candidate> merged = new ArrayList<>();
            path.forEach(merged::addAll);
            Collections.sort(merged, (a, b) -> Integer.compare(a.rule(), b.rule()));
            return List.of(layer(merged));
        }
        return path.stream().map(this::layer).toList();
    }

    private Layer layer(List<Candidate> rules) {
        return built.computeIfAbsent(rules, layers::layerOf);
    }
}
