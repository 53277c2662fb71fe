package io.secgroupd.controlplane.console.map;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;

/**
 * A rule of an edge.
 *
 * @param open whether any flow passes by it
 */
public record MapRule(Rule rule, boolean open) {

    /** The node that flows come from. */
    String from() {
        return rule.direction() == Direction.INGRESS ? peer() : rule.group();
    }

    /** The node that flows go to. */
    String to() {
        return rule.direction() == Direction.INGRESS ? rule.group() : peer();
    }

    private String peer() {
        Peer peer = rule.peer();
        return peer.toString();
    }

    /** {@code tcp 3306}, {@code icmp type 8}, {@code all}. */
    String service() {
        String more = rule.protocol().hasPorts()
                ? " " + (rule.ports().equals(PortRange.ALL) ? "all ports" : rule.ports())
                : rule.icmp().equals(IcmpMatch.ANY) ? "" : " " + rule.icmp();
        return rule.protocol() + more;
    }
}
