package io.secgroupd.rules.model;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Location;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One permission: one protocol, one port range or ICMP match, one peer. What an operator writes with several ports or
 * peers is that many rules, each with an id of its own, as in AWS.
 *
 * @param id          {@code sgr-…}: given by the operator, or derived from the content by {@link RuleId}
 * @param group       the security group that the rule belongs to
 * @param ports       destination ports; {@link PortRange#ALL} where the protocol names none
 * @param icmp        {@link IcmpMatch#ANY} where the protocol is not ICMP
 * @param description may be empty
 * @param expires     from then on the rule matches nothing; empty: it stays
 * @param at          where the rule is written
 * @param path        the entry it is written in, such as {@code security_groups.sg-web.inbound[2]}
 */
public record Rule(
        String id,
        String group,
        Direction direction,
        Protocol protocol,
        PortRange ports,
        IcmpMatch icmp,
        Peer peer,
        String description,
        Map<String, String> tags,
        Optional<Instant> expires,
        Location at,
        String path) {

    public Rule {
        tags = Tags.copyOf(tags);
        if (!protocol.hasPorts() && !ports.equals(PortRange.ALL)) {
            throw new IllegalArgumentException(protocol + " has no ports");
        }
        if (!protocol.hasIcmpTypes() && !icmp.equals(IcmpMatch.ANY)) {
            throw new IllegalArgumentException(protocol + " has no icmp types");
        }
    }

    /** Reports whether it matches anything at this instant. */
    public boolean livesAt(Instant instant) {
        return expires.isEmpty() || instant.isBefore(expires.get());
    }

    /** Reports whether it matches for longer than another that says the same. */
    public boolean outlasts(Rule other) {
        return other.expires.isPresent() && livesAt(other.expires.get());
    }

    /** The selectors that match: the ports, or ICMP type and code side by side. See {@code Flow.selector()}. */
    public PortRange selectors() {
        return protocol.hasIcmpTypes() ? icmp.selectors() : ports;
    }

    /** The terms in words: {@code tcp 3306 from sg-app}, {@code icmp type 8 to any}, {@code all from any}. */
    public String terms() {
        String service = protocol.hasPorts()
                ? " " + (ports.equals(PortRange.ALL) ? "all ports" : ports)
                : protocol.hasIcmpTypes() && !icmp.equals(IcmpMatch.ANY) ? " " + icmp : "";
        return protocol + service + (direction == Direction.INGRESS ? " from " : " to ") + peer;
    }
}
