package io.secgroupd.daemon.service;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what has been opened so far and closes it in the opposite order. A failure to close one does not stop the rest. */
final class OpenResources {

    private static final Logger LOG = LoggerFactory.getLogger(OpenResources.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    synchronized <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Opens several resources in one step. A concurrent close waits for it, and after a close nothing is opened. */
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
