package io.secgroupd.controlplane.console.map;

import io.secgroupd.controlplane.console.view.RuleJson;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What rules allow from one node to another.
 *
 * @param rules of which there is at least one, inbound ones of the one end and outbound ones of the other
 */
public record MapEdge(String from, String to, List<MapRule> rules) {

    private static final int MOST_SERVICES = 6;

    public MapEdge {
        rules = List.copyOf(rules);
    }

    /** Whether any flow passes: that is, whether both halves accept one. */
    public boolean isOpen() {
        return rules.stream().anyMatch(MapRule::open);
    }

    /** Whether no rule is written that makes it. */
    public boolean isImplied() {
        return rules.stream().allMatch(one -> RuleJson.isImplied(one.rule()));
    }

    /** {@code tcp 3306, udp 53}. */
    public String services() {
        List<String> all = rules.stream().map(MapRule::service).distinct().toList();
        String first = all.stream().limit(MOST_SERVICES).collect(Collectors.joining(", "));
        int more = all.size() - MOST_SERVICES;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** Reports whether an edge between the same nodes allows the same. */
    boolean saysSame(MapEdge other) {
        return isOpen() == other.isOpen() && terms().equals(other.terms());
    }

    private List<String> terms() {
        return rules.stream()
                .map(one -> one.rule().direction() + " " + one.rule().terms())
                .sorted()
                .toList();
    }
}
