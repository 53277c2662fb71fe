package io.secgroupd.daemon.cli.service;

import io.secgroupd.daemon.conntrack.LiveConnections;
import io.secgroupd.daemon.control.NextPolicy.Existing;
import io.secgroupd.rules.decide.PacketFilter;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of running connections when the policy changes, as the setting {@code established} wants it. */
final class CutConnections {

    private static final Logger LOG = LoggerFactory.getLogger(CutConnections.class);

    private final LiveConnections connections;
    private final Existing setting;

    /** @param setting what becomes of them unless something else is asked for */
    CutConnections(LiveConnections connections, Existing setting) {
        this.connections = connections;
        this.setting = setting;
    }

    /**
     * Deals with what this policy, which is in force already, does not allow. A failure leaves connections alive, which is
     * a smaller harm than the old policy would be: it is only reported.
     *
     * @param asked   what the caller wants done instead of the setting
     * @param settled waits for the packets that the earlier policy judged; false when it gave up
     */
    void follow(PacketFilter filter, Optional<Existing> asked, BooleanSupplier settled) {
        Existing existing = asked.orElse(setting);
        if (existing == Existing.KEEP) {
            return;
        }
        // A connection whose first packet has been judged but not answered yet is in no listing.
        if (!settled.getAsBoolean()) {
            LOG.error("connections.unsettled: some that the policy before allowed may begin unseen and live on");
        }
        try {
            if (existing == Existing.CUT) {
                LiveConnections.Result result = connections.follow(filter);
                LOG.info(
                        "connections.judged count={} cut={} revived={}",
                        result.judged(),
                        result.cut(),
                        result.revived());
            } else {
                LiveConnections.Result result = connections.preview(filter);
                LOG.info("connections.reported count={} without_rule={}", result.judged(), result.cut());
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("connections.failed: some that lost their rule may live on", e);
        }
    }
}
