package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules for the demand in one place: neighbouring ports that the same peers need are one rule. */
final class MissingRules {

    private final Direction direction;
    private final Demand demand;
    private final PeerCover cover;
    private final SuggestedSoFar before;

    private record Span(PortRange selectors, List<Peer> peers) {
        boolean goesOnAt(int selector, List<Peer> others) {
            return selectors.last() + 1 == selector && peers.equals(others);
        }
    }

    MissingRules(Direction direction, Demand demand, PeerCover cover, SuggestedSoFar before) {
        this.direction = direction;
        this.demand = demand;
        this.cover = cover;
        this.before = before;
    }

    List<SuggestedRule> find() {
        return demand.protocols().stream()
                .flatMap(protocol -> spans(protocol).stream()
                        .map(span -> new SuggestedRule(
                                direction,
                                ServiceRange.of(protocol, span.selectors),
                                span.peers,
                                demand.evidence(protocol, span.selectors))))
                .toList();
    }

    private List<Span> spans(Protocol protocol) {
        var spans = new ArrayList<Span>();
        for (Map.Entry<Integer, Demand.PeersSeen> service :
                demand.services(protocol).entrySet()) {
            int selector = service.getKey();
            if (before.allows(direction, protocol, selector, service.getValue())) {
                continue;
            }
            List<Peer> peers = cover.of(service.getValue().addresses());
            int last = spans.size() - 1;
            if (protocol.hasPorts() && last >= 0 && spans.get(last).goesOnAt(selector, peers)) {
                Span before = spans.get(last);
                spans.set(last, new Span(new PortRange(before.selectors.first(), selector), peers));
            } else {
                spans.add(new Span(PortRange.of(selector), peers));
            }
        }
        return spans;
    }
}
