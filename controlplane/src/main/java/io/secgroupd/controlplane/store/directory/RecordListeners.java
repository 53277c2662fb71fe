package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who listen for changes of records. For one who is slow, the last change of each record waits, and no other. */
final class RecordListeners {

    private static final Logger LOG = LoggerFactory.getLogger(RecordListeners.class);

    private final List<KnownListener> listeners = new CopyOnWriteArrayList<>();

    private static final class KnownListener {

        private final String prefix;
        private final Consumer<RecordChange> consumer;
        private final Map<String, RecordChange> waiting = new LinkedHashMap<>();

        KnownListener(String prefix, Consumer<RecordChange> consumer) {
            this.prefix = prefix;
            this.consumer = consumer;
        }

        synchronized void note(RecordChange change) {
            if (change.key().startsWith(prefix)) {
                waiting.remove(change.key());
                waiting.put(change.key(), change);
            }
        }

        private synchronized List<RecordChange> takeAll() {
            var all = new ArrayList<>(waiting.values());
            waiting.clear();
            return all;
        }

        void deliver() {
            for (RecordChange change : takeAll()) {
                try {
                    consumer.accept(change);
                } catch (RuntimeException e) {
                    LOG.error("store.listener failed on record {}", change.key(), e);
                }
            }
        }
    }

    /** Adds one who has not been told of anything. */
    AutoCloseable add(String prefix, Consumer<RecordChange> consumer, Collection<StoredRecord> present) {
        var listener = new KnownListener(prefix, consumer);
        present.forEach(found -> listener.note(new RecordChange(found.key(), Optional.of(found))));
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    boolean areThere() {
        return !listeners.isEmpty();
    }

    void note(RecordChange change) {
        listeners.forEach(listener -> listener.note(change));
    }

    /** Calls them with what waits, on the thread that asks for it. */
    void deliver() {
        listeners.forEach(KnownListener::deliver);
    }
}
