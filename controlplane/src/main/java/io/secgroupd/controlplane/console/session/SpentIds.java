package io.secgroupd.controlplane.console.session;

import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ids that are good no more. All control servers of a store know them, until they would not be good anyway. */
final class SpentIds {

    private final RecordStore records;
    private final String prefix;

    SpentIds(RecordStore records, String prefix) {
        this.records = records;
        this.prefix = prefix;
    }

    /**
     * Spends an id.
     *
     * @param until when nobody asks for it any longer
     * @return false when it was spent before, by whomever
     * @throws IOException with a sentence; it may be spent or not then
     */
    boolean spend(String id, Instant until) throws IOException {
        return records.put(prefix + id, until.toString(), 0);
    }

    /** The ids that are known. */
    List<String> all() throws IOException {
        return records.list(prefix).stream().map(record -> id(record.key())).toList();
    }

    String id(String key) {
        return key.substring(prefix.length());
    }

    /** Forgets those that nobody asks for any longer. */
    void sweep(Instant now) throws IOException {
        List<String> old = records.list(prefix).stream()
                .filter(record -> isOld(record, now))
                .map(StoredRecord::key)
                .toList();
        if (!old.isEmpty()) {
            records.remove(old);
        }
    }

    private static boolean isOld(StoredRecord record, Instant now) {
        Optional<Instant> until = SealedFields.time(record.value());
        return until.isEmpty() || until.get().plus(Session.CLOCKS).isBefore(now);
    }
}
