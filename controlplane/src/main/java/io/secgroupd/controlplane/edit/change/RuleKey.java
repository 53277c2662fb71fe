package io.secgroupd.controlplane.edit.change;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;

/**
 * What makes a rule the one it is within its group and direction: its service and its peer, and neither its description nor
 * its tags. The peer may be a part of what is written, as {@link Peers} shows it: one family of {@code any}, or one prefix
 * of a range.
 */
public record RuleKey(Protocol protocol, PortRange ports, IcmpMatch icmp, Peer peer) {

    /** The key of a rule as it is written. */
    public static RuleKey of(Rule rule) {
        return new RuleKey(rule.protocol(), rule.ports(), rule.icmp(), rule.peer());
    }

    /** Reports whether another key has the same protocol, ports and ICMP messages. */
    public boolean isSameService(RuleKey other) {
        return protocol.equals(other.protocol) && ports.equals(other.ports) && icmp.equals(other.icmp);
    }

    /** The same service for another peer. */
    public RuleKey with(Peer other) {
        return new RuleKey(protocol, ports, icmp, other);
    }

    /** In the words of a rule's terms: {@code tcp 443 10.0.0.0/8}. */
    @Override
    public String toString() {
        String service = protocol.hasPorts() ? " " + ports : protocol.hasIcmpTypes() ? " " + icmp : "";
        return protocol + service + " " + peer;
    }
}
