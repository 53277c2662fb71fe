package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.store.RecordStore;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The records as one control server reaches them: what has changed it hears of when {@link #tell} is called. */
final class RecordLink implements RecordStore {

    private final SharedRecords shared;
    private final Line line;
    private String prefix = "";
    private Consumer<RecordChange> listener = change -> {};
    private long told;

    RecordLink(SharedRecords shared, Line line) {
        this.shared = shared;
        this.line = line;
    }

    @Override
    public Optional<StoredRecord> get(String key) throws IOException {
        line.read();
        return shared.get(key);
    }

    @Override
    public List<StoredRecord> list(String under) throws IOException {
        line.read();
        return shared.under(under);
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
        if (line.isCut() || shared.version() == told) {
            return;
        }
        List<String> changed = shared.changedAfter(told);
        told = shared.version();
        for (String key : changed) {
            if (key.startsWith(prefix)) {
                listener.accept(new RecordChange(key, shared.get(key)));
            }
        }
    }
}
