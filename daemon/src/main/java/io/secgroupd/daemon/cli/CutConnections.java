package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.conntrack.LiveConnections;
import io.secgroupd.rules.decide.PacketFilter;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of running connections when the policy changes, as the setting {@code established} wants it. */
final class CutConnections {

    private static final Logger LOG = LoggerFactory.getLogger(CutConnections.class);

    private final Optional<LiveConnections> connections;

    /** @param connections empty: they are kept */
    CutConnections(Optional<LiveConnections> connections) {
        this.connections = connections;
    }

    /** A failure leaves connections alive, which is a smaller harm than the old policy would be: it is only reported. */
    void follow(PacketFilter filter) {
        if (connections.isEmpty()) {
            return;
        }
        try {
            LiveConnections.Result result = connections.get().follow(filter);
            LOG.info("connections.judged count={} cut={} revived={}", result.judged(), result.cut(), result.revived());
        } catch (IOException | RuntimeException e) {
            LOG.error("connections.failed: some that lost their rule may live on", e);
        }
    }
}
