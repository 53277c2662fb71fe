package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The records that all control servers share. */
final class SharedRecords {

    private final TreeMap<String, StoredRecord> records = new TreeMap<>();
    private long version;

    Optional<StoredRecord> get(String key) {
        return Optional.ofNullable(records.get(key));
    }

    /** The records whose keys begin so. */
    Map<String, StoredRecord> under(String prefix) {
        return new TreeMap<>(records.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    boolean put(String key, String value, long expected) {
        boolean same = get(key).map(StoredRecord::version).orElse(0L) == expected;
        if (same) {
            putAll(Map.of(key, value));
        }
        return same;
    }

    void putAll(Map<String, String> values) {
        values.forEach((key, value) -> records.put(key, new StoredRecord(key, value, ++version)));
    }

    void remove(Iterable<String> keys) {
        keys.forEach(records::remove);
        version++;
    }

    /** Counts up with each change. */
    long version() {
        return version;
    }
}
