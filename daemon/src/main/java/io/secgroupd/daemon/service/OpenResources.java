package io.secgroupd.daemon.service;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened so far, closed in the opposite order, each whatever happens to the others. */
final class OpenResources {

    private static final Logger LOG = LoggerFactory.getLogger(OpenResources.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    synchronized <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Opens more in one go: a close that comes meanwhile waits for that, and after a close nothing is opened. */
    synchronized void addAll(Runnable opening) {
        if (!closed) {
            opening.run();
        }
    }

    synchronized void close() {
        closed = true;
        while (!opened.isEmpty()) {
            AutoCloseable last = opened.pop();
            try {
                last.close();
            } catch (Exception e) {
                LOG.warn("close.failed {}", last.getClass().getSimpleName(), e);
            }
        }
    }
}
