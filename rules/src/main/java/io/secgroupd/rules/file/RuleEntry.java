package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.RuleId;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Location;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of {@code inbound} or {@code outbound} as written. It stands for as many rules as it has port ranges times
 * peers.
 *
 * @param id given by the operator
 */
record RuleEntry(
        Direction direction,
        Protocol protocol,
        List<PortRange> ports,
        IcmpMatch icmp,
        List<Peer> peers,
        String description,
        Map<String, String> tags,
        Optional<Instant> expires,
        Optional<String> id,
        Location at,
        String path) {

    long count() {
        return (long) ports.size() * peers.size();
    }

    /** The rules: ports in written order, and for each the peers in written order. */
    List<Rule> rules(String group, RuleId.Deriver ids) {
        var rules = new ArrayList<Rule>(Math.toIntExact(count()));
        for (PortRange range : ports) {
            for (Peer peer : peers) {
                rules.add(rule(group, range, peer, ids));
            }
        }
        return rules;
    }

    /**
     * The id that one of the rules gets from its content: two rules that mean the same have the same, whatever their
     * own ids.
     */
    String contentId(Rule rule, RuleId.Deriver ids) {
        return id.isEmpty() ? rule.id() : derive(rule.group(), rule.ports(), rule.peer(), ids);
    }

    private String derive(String group, PortRange range, Peer peer, RuleId.Deriver ids) {
        return ids.derive(group, direction, protocol, range, icmp, peer);
    }

    private Rule rule(String group, PortRange range, Peer peer, RuleId.Deriver ids) {
        String ruleId = id.isPresent() ? id.get() : derive(group, range, peer, ids);
        return new Rule(ruleId, group, direction, protocol, range, icmp, peer, description, tags, expires, at, path);
    }
}
