package io.secgroupd.daemon.cli.usage;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.usage.ServiceRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Rules as they are written in a rules file, one a line. */
final class RuleYaml {

    private RuleYaml() {}

    /** {@code { protocol: tcp, ports: 443, source: any }}. */
    static String of(Direction direction, ServiceRange service, List<Peer> peers) {
        var words = new ArrayList<String>();
        words.add("protocol: " + service.protocol());
        if (service.protocol().hasPorts()) {
            words.add("ports: " + quotedUnlessPlain(service.ports().toString()));
        }
        if (service.icmp().type() != IcmpMatch.ANY_VALUE) {
            words.add("icmp_type: " + service.icmp().type());
        }
        if (service.icmp().code() != IcmpMatch.ANY_VALUE) {
            words.add("icmp_code: " + service.icmp().code());
        }
        words.add(direction.peerKey() + ": " + peers(peers));
        return "{ " + String.join(", ", words) + " }";
    }

    private static String peers(List<Peer> peers) {
        return peers.size() == 1
                ? peer(peers.get(0))
                : list(peers.stream().map(RuleYaml::peer).toList());
    }

    private static String peer(Peer peer) {
        if (peer instanceof Peer.Addresses one
                && one.range().first().equals(one.range().last())) {
            return quotedUnlessPlain(one.range().first().toString());
        }
        return quotedUnlessPlain(peer.toString());
    }

    /** Names and ids are plain everywhere; colons are not. */
    static String list(Collection<String> words) {
        return words.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    static String quotedUnlessPlain(String word) {
        boolean plain = word.matches("[0-9]+|[a-z][A-Za-z0-9._-]*|[0-9.]+/[0-9]+|[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
        return plain ? word : '"' + word + '"';
    }
}
