package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Counts in a record, as a second control server would. */
final class OtherRecords {

    static final String KEY = "count";

    private OtherRecords() {}

    /** Arguments: the state directory, and how far to count. */
    public static void main(String[] arguments) throws IOException {
        Path state = Path.of(arguments[0]);
        try (var store = new DirectoryStore(state.resolveSibling("rules.yaml"), state, Clock.systemUTC())) {
            count(store.records(), Integer.parseInt(arguments[1]));
        }
    }

    /** Counts up so many times, whoever else does. */
    static void count(RecordStore records, int times) throws IOException {
        int made = 0;
        while (made < times) {
            Optional<StoredRecord> now = records.get(KEY);
            String next = Integer.toString(number(now) + 1);
            if (records.put(KEY, next, now.map(StoredRecord::version).orElse(0L))) {
                made++;
            }
        }
    }

    static int number(Optional<StoredRecord> record) {
        return record.map(found -> Integer.parseInt(found.value())).orElse(0);
    }

    static Process start(Path state, int times) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherRecords.class.getName(),
                        state.toString(),
                        Integer.toString(times))
                .redirectErrorStream(true)
                .start();
    }
}
