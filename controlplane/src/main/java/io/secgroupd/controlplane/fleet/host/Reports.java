package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports that the control server has not got yet. After a long break the last ones are enough. */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int MOST = 8;

    private final Deque<HostReport> waiting = new ArrayDeque<>();

    void add(HostReport report) {
        waiting.addLast(report);
        if (waiting.size() > MOST) {
            waiting.removeFirst();
        }
    }

    /** Sends what waits. What could not be sent waits on. */
    void send(FeedClient feed) throws IOException {
        for (HostReport next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            try {
                feed.report(next);
            } catch (FeedFailedException e) {
                if (!e.isFinal()) {
                    throw e;
                }
                LOG.error("pull.unreported: the control server does not take a report: {}", e.getMessage());
            }
            waiting.removeFirst();
        }
    }
}
