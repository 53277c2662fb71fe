package io.secgroupd.controlplane.store.common;

import io.secgroupd.controlplane.store.Revision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands new revisions to those who listen, in order, on the thread that asks it to. */
public final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    /** The most revisions that wait for a slow listener; each holds a whole policy. */
    private static final int MOST_WAITING = 16;

    private final List<KnownListener> listeners = new CopyOnWriteArrayList<>();
    private final TreeMap<Long, Revision> waiting = new TreeMap<>();
    private long told;

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

    /**
     * Adds one who listens.
     *
     * @param seen the serial of the newest revision that the listener knows
     * @return ends the calls when closed
     */
    public AutoCloseable add(Consumer<Revision> consumer, long seen) {
        var listener = new KnownListener(consumer, seen);
        synchronized (this) {
            told = listeners.isEmpty() ? seen : Math.min(told, seen);
            listeners.add(listener);
        }
        return () -> listeners.remove(listener);
    }

    /** Notes a revision, however late; the oldest that waits makes room. */
    public synchronized void note(Revision revision) {
        if (listeners.isEmpty() || revision.serial() <= told) {
            return;
        }
        waiting.put(revision.serial(), revision);
        if (waiting.size() > MOST_WAITING) {
            waiting.pollFirstEntry();
        }
    }

    /** The serials before the newest that waits, which nobody has been told of, and which do not wait; ascending. */
    public synchronized List<Long> missing() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        long newest = waiting.lastKey();
        return LongStream.range(Math.max(told, newest - MOST_WAITING) + 1, newest)
                .filter(serial -> !waiting.containsKey(serial))
                .boxed()
                .toList();
    }

    /** Calls the listeners with what waits. */
    public void deliver() {
        for (Revision next = next(); next != null; next = next()) {
            Revision revision = next;
            listeners.forEach(listener -> listener.take(revision));
        }
    }

    private synchronized @Nullable Revision next() {
        Map.Entry<Long, Revision> first = waiting.pollFirstEntry();
        if (first == null) {
            return null;
        }
        told = first.getKey();
        return first.getValue();
    }
}
