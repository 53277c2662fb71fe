package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule with its terms resolved, so that one can tell in which of them a flow differs.
 *
 * @param selectors ports, or ICMP type and code, that match
 * @param peer      the addresses that match now
 * @param text      the terms in words, such as {@code tcp 3306 from sg-app (10.0.1.10)}
 */
public record RuleTerms(
        MatchedRule rule, Direction direction, Protocol protocol, PortRange selectors, AddressSet peer, String text) {

    /** The terms that keep the rule from matching, in words: {@code protocol}, {@code port}, {@code source} … */
    public List<String> differing(Flow flow) {
        var differing = new ArrayList<String>(3);
        if (!protocol.matches(flow.protocol())) {
            differing.add("protocol");
        }
        if (!selectors.contains(flow.selector())) {
            differing.add(protocol.hasIcmpTypes() ? "icmp type or code" : "port");
        }
        if (!peerMatches(flow)) {
            differing.add(direction.peerKey());
        }
        return differing;
    }

    private boolean peerMatches(Flow flow) {
        return direction == Direction.INGRESS
                ? peer.contains(flow.family(), flow.sourceHigh(), flow.sourceLow())
                : peer.contains(flow.family(), flow.destinationHigh(), flow.destinationLow());
    }
}
