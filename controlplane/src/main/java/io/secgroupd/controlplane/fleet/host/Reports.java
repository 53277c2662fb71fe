package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports that the control server has not got yet. After a long break the last ones are enough. */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int MOST = 8;

    private final Deque<HostReport> waiting = new ArrayDeque<>();
    private Optional<String> told = Optional.empty();

    void add(HostReport report) {
        waiting.addLast(report);
        if (waiting.size() > MOST) {
            waiting.removeFirst();
        }
    }

    /**
     * Sends what waits. What a server does not take now waits on, and keeps no revision away.
     *
     * @throws IOException when no server answers
     */
    void send(FeedClient feed) throws IOException {
        for (HostReport next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            try {
                feed.report(next);
                told = Optional.empty();
            } catch (FeedFailedException e) {
                tell(String.valueOf(e.getMessage()));
                if (!e.isFinal()) {
                    return;
                }
            }
            waiting.removeFirst();
        }
    }

    private void tell(String why) {
        if (!told.equals(Optional.of(why))) {
            LOG.error("pull.unreported: the control server does not take a report: {}", why);
        }
        told = Optional.of(why);
    }
}
