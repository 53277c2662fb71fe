package io.secgroupd.rules.compile;

import io.secgroupd.rules.decide.AddressTable;
import io.secgroupd.rules.decide.Layer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes layers, and one address table for all layers with the same peers in the same order. */
final class LayerFactory {

    private final Map<List<PeerSet>, AddressTable> tables = new HashMap<>();

    /** @param candidates in rule order */
    Layer layerOf(List<Candidate> candidates) {
        var firstRule = new LinkedHashMap<PeerSet, Integer>();
        for (Candidate candidate : candidates) {
            // A later rule with the same peers can never be the first to match.
            firstRule.putIfAbsent(candidate.peers(), candidate.rule());
        }
        AddressTable table = tables.computeIfAbsent(List.copyOf(firstRule.keySet()), LayerFactory::overlay);
        return new Layer(
                table, firstRule.values().stream().mapToInt(Integer::intValue).toArray());
    }

    private static AddressTable overlay(List<PeerSet> peers) {
        return Overlay.of(peers.stream().map(PeerSet::addresses).toList());
    }
}
