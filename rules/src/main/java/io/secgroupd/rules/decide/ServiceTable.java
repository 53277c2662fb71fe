package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Family;
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

    void collectTables(Set<AddressTable> tables) {
        for (Layer layer : layers) {
            tables.add(layer.peers());
        }
    }
}
