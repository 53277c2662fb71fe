package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.RangeLists;
import java.util.List;
import java.util.Set;

/** The rules of one protocol. Most have one layer; see the compiler for why some have more. */
public final class ServiceTable {

    /** No rule of this protocol. */
    public static final ServiceTable EMPTY = new ServiceTable(List.of());

    private final Layer[] layers;

    public ServiceTable(List<Layer> layers) {
        this.layers = layers.toArray(Layer[]::new);
    }

    /** The first rule that matches, by its index, or {@link RuleTable#NO_RULE}. */
    int match(Family family, long high, long low, int selector) {
        int first = RuleTable.NO_RULE;
        for (Layer layer : layers) {
            // NO_RULE is the highest number, so the lowest is the first rule in written order.
            first = Math.min(first, layer.match(family, high, low, selector));
        }
        return first;
    }

    void collectPeers(Set<RangeLists> peers) {
        for (Layer layer : layers) {
            peers.add(layer.peers);
        }
    }

    /**
     * Some of the rules of one protocol. A look-up first finds the set of peers that holds the address, and then the selector
     * among the rules of those peers. Layers with the same peers share the ranges.
     */
    public static final class Layer {
        private final RangeLists peers;
        private final SelectorTables selectors;

        /**
         * Joins the two steps of a look-up.
         *
         * @param peers     ranges with the numbers of disjoint sets of peers
         * @param selectors a table for every one of these numbers
         */
        public Layer(RangeLists peers, SelectorTables selectors) {
            this.peers = peers;
            this.selectors = selectors;
        }

        private int match(Family family, long high, long low, int selector) {
            int set = peers.numberOf(family, high, low);
            return set == RangeLists.NONE ? RuleTable.NO_RULE : selectors.match(set, selector);
        }
    }
}
