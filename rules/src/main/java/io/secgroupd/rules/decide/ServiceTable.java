package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The rules of one protocol: selectors (ports, or ICMP type and code) cut into intervals, and for each interval the
 * layers to ask. Most intervals have one layer; see the compiler for why some have more.
 */
public final class ServiceTable {

    /** No rule of this protocol. */
    public static final ServiceTable EMPTY = new ServiceTable(new char[] {0}, List.of(List.of()));

    private final char[] firsts;
    private final Layer[][] layers;

    /**
     * @param firsts the first selector of every interval, ascending, beginning with 0
     * @param layers the layers of every interval
     */
    public ServiceTable(char[] firsts, List<List<Layer>> layers) {
        if (firsts.length == 0 || firsts[0] != 0 || firsts.length != layers.size()) {
            throw new IllegalArgumentException("intervals must cover every selector");
        }
        this.firsts = firsts.clone();
        this.layers = layers.stream().map(list -> list.toArray(Layer[]::new)).toArray(Layer[][]::new);
    }

    /** The first rule that matches, by its index, or {@link RuleTable#NO_RULE}. */
    int match(Family family, long high, long low, int selector) {
        int first = RuleTable.NO_RULE;
        for (Layer layer : layers[intervalOf(selector)]) {
            int rule = layer.match(family, high, low);
            // NO_RULE is the highest number, so the lowest is the first rule in written order.
            if (rule < first) {
                first = rule;
            }
        }
        return first;
    }

    private int intervalOf(int selector) {
        int index = Arrays.binarySearch(firsts, (char) selector);
        return index >= 0 ? index : -index - 2;
    }

    void collectTables(Set<AddressTable> tables) {
        for (Layer[] interval : layers) {
            for (Layer layer : interval) {
                tables.add(layer.peers());
            }
        }
    }
}
