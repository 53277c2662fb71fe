package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Services that get broken into when everyone can reach them: remote shells, file shares, databases, admin consoles.
 */
final class Exposure {

    private static final int[] NOT_FOR_EVERYONE = {
        22, 23, 135, 139, 445, 1433, 1521, 2375, 2379, 3306, 3389, 5432, 5601, 5900, 6379, 9200, 11211, 27017
    };

    private static final int NAMED = 3;

    private static final List<AddressRange> EVERYONE =
            Arrays.stream(Family.values()).map(AddressRange::all).toList();

    private Exposure() {}

    static Optional<String> reason(Rule rule) {
        boolean ports = rule.protocol().hasPorts() || rule.protocol().equals(Protocol.ALL);
        if (rule.direction() == Direction.EGRESS || !ports || !isEveryone(rule.peer())) {
            return Optional.empty();
        }
        int[] open =
                Arrays.stream(NOT_FOR_EVERYONE).filter(rule.ports()::contains).toArray();
        return open.length == 0
                ? Optional.empty()
                : Optional.of(rule.terms() + (open.length == 1 ? " opens port " : " opens ports ") + words(open)
                        + " to everyone; name the sources that need it");
    }

    private static boolean isEveryone(Peer peer) {
        return peer instanceof Peer.Any
                || (peer instanceof Peer.Addresses addresses && EVERYONE.contains(addresses.range()));
    }

    private static String words(int[] ports) {
        var words = new StringBuilder(Integer.toString(ports[0]));
        for (int i = 1; i < Math.min(ports.length, NAMED); i++) {
            words.append(", ").append(ports[i]);
        }
        int more = ports.length - NAMED;
        return words + (more > 0 ? " and " + more + " more" : "");
    }
}
