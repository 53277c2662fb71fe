package io.secgroupd.controlplane.console.map;

import io.secgroupd.controlplane.console.view.RuleJson;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The map of a policy. An inbound rule of a group makes an edge from its peer to the group, an outbound rule one from the group to
 * its peer; between two groups both are one.
 *
 * @param nodes groups and lists in written order, then the other peers of rules
 * @param edges in the order of the rules that make them
 */
public record PolicyMap(List<MapNode> nodes, List<MapEdge> edges) {

    public PolicyMap {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** Draws the map. */
    public static PolicyMap of(Policy policy) {
        return new Drawing(policy).map();
    }

    private static final class Drawing {
        private final Policy policy;
        private final Crowd crowd;
        private final OpenRules open;
        private final Map<String, MapNode> nodes = new LinkedHashMap<>();
        private final Map<String, List<MapRule>> edges = new LinkedHashMap<>();

        Drawing(Policy policy) {
            this.policy = policy;
            this.crowd = new Crowd(policy);
            this.open = new OpenRules(policy, crowd);
        }

        PolicyMap map() {
            groups();
            policy.prefixLists().values().forEach(this::list);
            for (SecurityGroup group : policy.securityGroups().values()) {
                for (Direction direction : Direction.values()) {
                    group.rules(direction).forEach(this::rule);
                }
            }
            var all = new ArrayList<MapEdge>();
            edges.values()
                    .forEach(rules -> all.add(
                            new MapEdge(rules.get(0).from(), rules.get(0).to(), rules)));
            return new PolicyMap(List.copyOf(nodes.values()), all);
        }

        private void groups() {
            Map<String, List<String>> clusters = new TreeMap<>();
            for (Cluster cluster : policy.clusters().values()) {
                cluster.securityGroups()
                        .forEach(id -> clusters.computeIfAbsent(id, unused -> new ArrayList<>())
                                .add(cluster.name()));
            }
            policy.securityGroups().forEach((id, group) -> {
                String label = group.name().isEmpty() ? id : group.name();
                int members = crowd.members(id).length;
                nodes.put(id, new MapNode(id, "group", label, members, clusters.getOrDefault(id, List.of())));
            });
        }

        private void list(PrefixList list) {
            String label = list.name().isEmpty() ? list.id() : list.name();
            int count = list.written()
                    .map(entries -> entries.size())
                    .orElse(list.entries().size());
            nodes.put(list.id(), new MapNode(list.id(), "list", label, count, List.of()));
        }

        private void rule(Rule rule) {
            peer(rule.peer());
            var drawn = new MapRule(rule, open.isOpen(rule));
            edges.computeIfAbsent(drawn.from() + " " + drawn.to(), unused -> new ArrayList<>())
                    .add(drawn);
        }

        /** A group that is not there any more is a node too, without members. */
        private void peer(Peer peer) {
            String id = peer.toString();
            if (!nodes.containsKey(id)) {
                nodes.put(
                        id,
                        new MapNode(id, RuleJson.kind(peer), id, crowd.of(peer).size(), List.of()));
            }
        }
    }
}
