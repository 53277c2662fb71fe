package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Peer;
import java.util.List;

/**
 * A part of a rule that was used.
 *
 * @param peers one or more
 */
public record RemainingTerms(ServiceRange service, List<Peer> peers) {
    public RemainingTerms {
        peers = List.copyOf(peers);
    }
}
