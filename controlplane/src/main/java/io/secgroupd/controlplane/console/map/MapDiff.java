package io.secgroupd.controlplane.console.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Two maps laid over each other.
 *
 * @param nodes of both
 * @param edges of both
 */
public record MapDiff(List<Drawn<MapNode>> nodes, List<Drawn<MapEdge>> edges) {

    public MapDiff {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** How something differs: an edge has changed when its rules have, or when it is open and was not. */
    public enum MapChange {
        ADDED,
        REMOVED,
        CHANGED,
        SAME
    }

    /**
     * Something that is drawn.
     *
     * @param what as it is afterwards, or as it was when it is gone
     */
    public record Drawn<T>(T what, MapChange change) {}

    /** What changes from one map to another. */
    public static MapDiff between(PolicyMap before, PolicyMap after) {
        return new MapDiff(
                laid(before.nodes(), after.nodes(), MapNode::id, MapNode::equals),
                laid(before.edges(), after.edges(), edge -> edge.from() + " " + edge.to(), MapEdge::saysSame));
    }

    private static <T> List<Drawn<T>> laid(
            List<T> before, List<T> after, Function<T, String> key, BiPredicate<T, T> same) {
        Map<String, T> gone = new LinkedHashMap<>();
        before.forEach(one -> gone.put(key.apply(one), one));
        var all = new ArrayList<Drawn<T>>();
        for (T one : after) {
            T was = gone.remove(key.apply(one));
            MapChange change = was == null
                    ? MapChange.ADDED
                    : same.test(Objects.requireNonNull(was), one) ? MapChange.SAME : MapChange.CHANGED;
            all.add(new Drawn<>(one, change));
        }
        gone.values().forEach(one -> all.add(new Drawn<>(one, MapChange.REMOVED)));
        return all;
    }
}
