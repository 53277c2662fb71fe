package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.store.RecordStore;
import java.io.IOException;
import java.util.LinkedHashMap;
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

    private final RecordStore records;
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

    /** Writes what waits. */
    void flush() {
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
