package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.store.RecordStore;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The records as one control server reaches them: what has changed it hears of when {@link #tell} is called. */
final class RecordLink implements RecordStore {

    private final SharedRecords shared;
    private final Line line;
    private final Map<String, StoredRecord> told = new HashMap<>();
    private String prefix = "";
    private Consumer<RecordChange> listener = change -> {};
    private long toldVersion = -1;

    RecordLink(SharedRecords shared, Line line) {
        this.shared = shared;
        this.line = line;
    }

    @Override
    public Optional<StoredRecord> get(String key) throws IOException {
        line.require();
        return shared.get(key);
    }

    @Override
    public List<StoredRecord> list(String under) throws IOException {
        line.require();
        return List.copyOf(shared.under(under).values());
    }

    @Override
    public boolean put(String key, String value, long version) throws IOException {
        line.require();
        boolean written = shared.put(key, value, version);
        line.answer();
        return written;
    }

    @Override
    public void putAll(Map<String, String> values) throws IOException {
        line.require();
        shared.putAll(values);
        line.answer();
    }

    @Override
    public void remove(Collection<String> keys) throws IOException {
        line.require();
        shared.remove(keys);
        line.answer();
    }

    @Override
    public AutoCloseable watch(String under, Consumer<RecordChange> asked) {
        prefix = under;
        listener = asked;
        return () -> listener = change -> {};
    }

    /** Tells what has changed since the last time, unless the store cannot be reached. */
    void tell() {
        if (line.isCut() || shared.version() == toldVersion) {
            return;
        }
        toldVersion = shared.version();
        Map<String, StoredRecord> now = shared.under(prefix);
        for (String gone : new HashSet<>(told.keySet())) {
            if (!now.containsKey(gone)) {
                told.remove(gone);
                listener.accept(new RecordChange(gone, Optional.empty()));
            }
        }
        now.forEach((key, record) -> {
            if (!record.equals(told.put(key, record))) {
                listener.accept(new RecordChange(key, Optional.of(record)));
            }
        });
    }
}
