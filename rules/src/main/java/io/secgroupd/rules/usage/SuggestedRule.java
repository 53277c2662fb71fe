package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Direction;
import java.util.List;

/**
 * A rule that would have allowed what was seen.
 *
 * @param peers    one or more
 * @param evidence what was seen
 */
public record SuggestedRule(Direction direction, ServiceRange service, List<Peer> peers, Evidence evidence) {
    public SuggestedRule {
        peers = List.copyOf(peers);
    }
}
