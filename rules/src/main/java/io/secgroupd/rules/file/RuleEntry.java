package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Location;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.RuleId;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of {@code inbound} or {@code outbound} as written: as many rules as it has port ranges times peers.
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
        Optional<String> id,
        Location at,
        String path) {

    long count() {
        return (long) ports.size() * peers.size();
    }

    /** The rules: ports in written order, and for each the peers in written order. */
    Stream<Rule> rules(String group) {
        return ports.stream().flatMap(range -> peers.stream().map(peer -> rule(group, range, peer)));
    }

    private Rule rule(String group, PortRange range, Peer peer) {
        String ruleId = id.orElseGet(() -> RuleId.derive(group, direction, protocol, range, icmp, peer));
        return new Rule(ruleId, group, direction, protocol, range, icmp, peer, description, at, path);
    }
}
