package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what is left of a rule without the protocols, ports and peers that nobody used. What is left is a part of the rule. */
final class UsedParts {

    /** More ranges would make a rules file longer than what they close is worth. */
    private static final int MOST_RANGES = 5;

    private final UsedPeers peers;

    UsedParts(UsedPeers peers) {
        this.peers = peers;
    }

    /** The parts; empty when the rule allows hardly more than was used. */
    Optional<List<RemainingTerms>> of(Rule rule, Demand demand) {
        var parts = new ArrayList<RemainingTerms>();
        for (Protocol protocol : demand.protocols()) {
            Set<IpAddress> seen = demand.peers(protocol, PortRange.ALL);
            if (seen.stream().anyMatch(peer -> !protocol.existsIn(peer.family()))) {
                return Optional.empty(); // no rule that names ICMP allows that of the other family
            }
            for (PortRange range :
                    ranges(rule, protocol, demand.services(protocol).keySet())) {
                List<Peer> left = peers.of(rule, demand.peers(protocol, range));
                parts.add(new RemainingTerms(service(rule, protocol, range), left));
            }
        }
        boolean same = parts.equals(List.of(new RemainingTerms(whole(rule), List.of(rule.peer()))));
        return same ? Optional.empty() : Optional.of(parts);
    }

    private static ServiceRange whole(Rule rule) {
        return new ServiceRange(rule.protocol(), rule.ports(), rule.icmp());
    }

    /** The selectors that were used, in few ranges; all of them where a rule cannot name less. */
    private static List<PortRange> ranges(Rule rule, Protocol protocol, Collection<Integer> used) {
        if (protocol.hasPorts()) {
            List<PortRange> ranges = ranges(used);
            return ranges.size() <= MOST_RANGES ? ranges : List.of(around(ranges));
        }
        boolean messages = protocol.hasIcmpTypes() && used.size() <= MOST_RANGES;
        return messages && rule.icmp().equals(IcmpMatch.ANY)
                ? used.stream().map(PortRange::of).toList()
                : List.of(PortRange.ALL);
    }

    private static ServiceRange service(Rule rule, Protocol protocol, PortRange range) {
        return protocol.hasPorts() || !range.equals(PortRange.ALL)
                ? ServiceRange.of(protocol, range)
                : new ServiceRange(protocol, PortRange.ALL, rule.icmp());
    }

    /** @param used ascending */
    private static List<PortRange> ranges(Collection<Integer> used) {
        var ranges = new ArrayList<PortRange>();
        for (int port : used) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).last() + 1 == port) {
                ranges.set(last, new PortRange(ranges.get(last).first(), port));
            } else {
                ranges.add(PortRange.of(port));
            }
        }
        return ranges;
    }

    private static PortRange around(List<PortRange> ranges) {
        return new PortRange(
                ranges.get(0).first(), ranges.get(ranges.size() - 1).last());
    }
}
