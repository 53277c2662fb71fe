package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.ServerFault;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What control servers have done that no sound one does, until a sound one has been told: of each server what it did last. To tell
 * the server itself would be of no use, should somebody be in between.
 */
final class ServerFaults {

    private static final Logger LOG = LoggerFactory.getLogger(ServerFaults.class);

    private final Map<String, ServerFault> waiting = new LinkedHashMap<>();

    void add(ServerFault fault) {
        waiting.put(fault.server(), fault);
    }

    /**
     * Tells the server that is asked now, which has just shown that it is sound. What it does not take now waits on, and what it
     * never takes is left: it stands in the log of this host too.
     *
     * @throws IOException when it does not answer
     */
    void send(FeedClient feed) throws IOException {
        for (ServerFault fault : waiting.values().toArray(ServerFault[]::new)) {
            try {
                feed.fault(fault);
            } catch (FeedFailedException e) {
                LOG.debug("The control server does not take a fault of {}", fault.server(), e);
                if (!e.isFinal() && !e.isNothing()) {
                    return;
                }
            }
            waiting.remove(fault.server());
        }
    }
}
