package io.secgroupd.rules.analyze;

import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.PortRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The flows of one protocol that some rules allow and others do not. The edges of all selectors cut them into intervals;
 * the sweep keeps count of the peers on either side, and subtracts only where the two differ.
 */
final class ServiceDiff {

    private record Box(PortRange selectors, AddressSet peers) {}

    /** Peers that begin or end at a selector: on the side of those that allow, or on the other. */
    private record PeerEdge(AddressSet peers, boolean allowing, int step) {}

    private final TreeMap<Integer, List<PeerEdge>> edges = new TreeMap<>();
    private final Map<AddressSet, Integer> allowing = new LinkedHashMap<>();
    private final Map<AddressSet, Integer> other = new LinkedHashMap<>();
    private final Map<AddressSet, List<PortRange>> result = new LinkedHashMap<>();

    /** The peers that {@code allowing} rules allow and {@code other} rules do not, each with its selectors. */
    static Map<AddressSet, List<PortRange>> of(List<RuleTerms> allowing, List<RuleTerms> other) {
        if (boxes(other).containsAll(boxes(allowing))) {
            return Map.of();
        }
        var diff = new ServiceDiff();
        allowing.forEach(terms -> diff.add(terms, true));
        other.forEach(terms -> diff.add(terms, false));
        diff.sweep();
        return diff.result;
    }

    private static Set<Box> boxes(List<RuleTerms> rules) {
        return rules.stream()
                .map(terms -> new Box(terms.selectors(), terms.peer()))
                .collect(Collectors.toSet());
    }

    private void add(RuleTerms terms, boolean allows) {
        edgesAt(terms.selectors().first()).add(new PeerEdge(terms.peer(), allows, 1));
        edgesAt(terms.selectors().last() + 1).add(new PeerEdge(terms.peer(), allows, -1));
    }

    private List<PeerEdge> edgesAt(int selector) {
        return edges.computeIfAbsent(selector, unused -> new ArrayList<>());
    }

    private void sweep() {
        int first = 0;
        AddressSet open = AddressSet.EMPTY;
        for (var entry : edges.entrySet()) {
            for (PeerEdge edge : entry.getValue()) {
                // Equal peers on both sides, the usual case, cancel each other without looking at their addresses.
                (edge.allowing() ? allowing : other)
                        .merge(edge.peers(), edge.step(), (had, step) -> had + step == 0 ? null : had + step);
            }
            AddressSet now = difference();
            if (!now.equals(open)) {
                close(open, first, entry.getKey() - 1);
                open = now;
                first = entry.getKey();
            }
        }
        close(open, first, PortRange.MAX_PORT);
    }

    private void close(AddressSet peers, int first, int last) {
        if (!peers.isEmpty() && first <= last) {
            result.computeIfAbsent(peers, unused -> new ArrayList<>()).add(new PortRange(first, last));
        }
    }

    private AddressSet difference() {
        Set<AddressSet> only = new HashSet<>(allowing.keySet());
        only.removeAll(other.keySet());
        if (only.isEmpty()) {
            return AddressSet.EMPTY;
        }
        AddressSet left = union(only);
        for (AddressSet taken : other.keySet()) {
            left = left.isEmpty() ? left : left.minus(taken);
        }
        return left;
    }

    private static AddressSet union(Collection<AddressSet> sets) {
        return AddressSet.of(sets.stream().flatMap(AddressSet::stream).toList());
    }
}
