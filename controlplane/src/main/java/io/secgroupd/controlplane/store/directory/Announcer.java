package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.Revision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands new revisions to those who listen, in order, on the thread that asks it to. */
final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    /** The most revisions that wait for a slow listener; each holds a whole policy. */
    private static final int MOST_WAITING = 16;

    private final List<KnownListener> listeners = new CopyOnWriteArrayList<>();
    private final Deque<Revision> waiting = new ArrayDeque<>();

    private static final class KnownListener {

        private final Consumer<Revision> consumer;
        private long seen;

        KnownListener(Consumer<Revision> consumer, long seen) {
            this.consumer = consumer;
            this.seen = seen;
        }

        // A listener that fails on one revision must not keep the others from theirs.
        void take(Revision revision) {
            if (revision.serial() > seen) {
                seen = revision.serial();
                try {
                    consumer.accept(revision);
                } catch (RuntimeException e) {
                    LOG.error("store.listener failed on revision {}", revision.serial(), e);
                }
            }
        }
    }

    /** @param seen the serial of the newest revision that the listener knows */
    AutoCloseable add(Consumer<Revision> consumer, long seen) {
        var listener = new KnownListener(consumer, seen);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Notes a revision; the oldest that waits makes room. */
    synchronized void note(Revision revision) {
        if (listeners.isEmpty()) {
            return;
        }
        if (waiting.size() == MOST_WAITING) {
            waiting.removeFirst();
        }
        waiting.addLast(revision);
    }

    /** Calls the listeners with what waits. */
    void deliver() {
        for (Revision next = next(); next != null; next = next()) {
            Revision revision = next;
            listeners.forEach(listener -> listener.take(revision));
        }
    }

    private synchronized @Nullable Revision next() {
        return waiting.pollFirst();
    }
}
