package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The records that all control servers share. */
final class SharedRecords {

    private final TreeMap<String, StoredRecord> records = new TreeMap<>();
    /** Each key that there is or was, by the last of its changes. */
    private final TreeMap<Long, String> changes = new TreeMap<>();

    private final Map<String, Long> changed = new HashMap<>();
    private long version;

    Optional<StoredRecord> get(String key) {
        return Optional.ofNullable(records.get(key));
    }

    /** The records whose keys begin so. */
    List<StoredRecord> under(String prefix) {
        return List.copyOf(records.subMap(prefix, prefix + Character.MAX_VALUE).values());
    }

    boolean put(String key, String value, long expected) {
        boolean same = get(key).map(StoredRecord::version).orElse(0L) == expected;
        if (same) {
            write(key, value);
        }
        return same;
    }

    void putAll(Map<String, String> values) {
        values.forEach(this::write);
    }

    private void write(String key, String value) {
        note(key);
        records.put(key, new StoredRecord(key, value, version));
    }

    void remove(Iterable<String> keys) {
        for (String key : keys) {
            if (records.remove(key) != null) {
                note(key);
            }
        }
    }

    private void note(String key) {
        version++;
        Long before = changed.put(key, version);
        if (before != null) {
            changes.remove(before);
        }
        changes.put(version, key);
    }

    /** Counts up with each change. */
    long version() {
        return version;
    }

    /** The keys of all that was changed after a version, in the order of their last changes. */
    List<String> changedAfter(long earlier) {
        return List.copyOf(changes.tailMap(earlier, false).values());
    }
}
