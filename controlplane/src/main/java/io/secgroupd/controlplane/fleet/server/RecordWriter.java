package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what thousands of hosts say at once, so that it is written by a few calls. Of several values for one name, the last
 * is written.
 */
final class RecordWriter {

    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);

    /** So many are compared and written in one go: each waits for the disk, and this server's sign of life waits with them. */
    static final int MOST_OVER = 64;

    private final RecordStore records;
    private final Map<String, StoredRecord> over = new LinkedHashMap<>();
    private Map<String, String> waiting = new LinkedHashMap<>();
    private CompletableFuture<Void> written = new CompletableFuture<>();

    RecordWriter(RecordStore records) {
        this.records = records;
    }

    /**
     * Has a value written soon.
     *
     * @return done when it is, or failed when it cannot be
     */
    synchronized CompletableFuture<Void> put(String key, String value) {
        waiting.put(key, value);
        return written;
    }

    /** Has a value written soon, unless the record has another version than this by then. When it cannot be, nobody is told. */
    synchronized void putOver(long version, String key, String value) {
        over.put(key, new StoredRecord(key, value, version));
    }

    /** Writes what waits; of what is written over a version, a part. */
    void flush() {
        flushOver();
        flushAll();
    }

    private synchronized List<StoredRecord> takeOver() {
        List<StoredRecord> taken = over.values().stream().limit(MOST_OVER).toList();
        taken.forEach(record -> over.remove(record.key()));
        return taken;
    }

    private void flushOver() {
        List<StoredRecord> taken = takeOver();
        try {
            for (StoredRecord record : taken) {
                var unused = records.put(record.key(), record.value(), record.version());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("fleet.unwritten records={} {}", taken.size(), e.getMessage());
        }
    }

    private void flushAll() {
        Map<String, String> taken;
        CompletableFuture<Void> done;
        synchronized (this) {
            if (waiting.isEmpty()) {
                return;
            }
            taken = waiting;
            done = written;
            waiting = new LinkedHashMap<>();
            written = new CompletableFuture<>();
        }
        try {
            records.putAll(taken);
            done.complete(null);
        } catch (IOException | RuntimeException e) {
            LOG.warn("fleet.unwritten records={} {}", taken.size(), e.getMessage());
            done.completeExceptionally(e);
        }
    }
}
