package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.common.RecordRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Records in etcd, each under a key of its own. The version of one is the revision of etcd in which it was written last. */
final class EtcdRecords implements RecordStore, AutoCloseable {

    /** etcd takes 128 changes at once by default. */
    private static final int AT_ONCE = 100;

    /** It takes 1.5 MiB at once; a character has up to three bytes of UTF-8. */
    private static final int CHARACTERS_AT_ONCE = 384 << 10;

    private final Connection etcd;
    private final Collection<RecordWatch> watches = new CopyOnWriteArrayList<>();

    EtcdRecords(Connection etcd) {
        this.etcd = etcd;
    }

    @Override
    public Optional<StoredRecord> get(String key) throws IOException {
        return etcd.get(RecordKeys.of(key), Deadline.start()).map(RecordKeys::record);
    }

    @Override
    public List<StoredRecord> list(String prefix) throws IOException {
        return new RecordKeys(prefix)
                .items(etcd).stream().map(RecordKeys::record).toList();
    }

    @Override
    public boolean put(String key, String value, long version) throws IOException {
        String name = RecordKeys.of(key);
        var change = new Change().onlyIf(name, version).put(name, bytes(RecordRules.value(value)));
        return etcd.write(change, Deadline.start()).isPresent();
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void putAll(Map<String, String> values) throws IOException {
        var part = new Part();
        for (Map.Entry<String, String> each : new TreeMap<>(values).entrySet()) {
            String value = RecordRules.value(each.getValue());
            part.makeRoom(value.length());
            part.change.put(RecordKeys.of(each.getKey()), bytes(value));
        }
        part.write();
    }

    @Override
    public void remove(Collection<String> keys) throws IOException {
        var part = new Part();
        for (String key : new TreeSet<>(keys)) {
            part.makeRoom(0);
            part.change.delete(RecordKeys.of(key));
        }
        part.write();
    }

    /** As many changes as etcd takes at once. */
    private final class Part {

        private Change change = new Change();
        private int count;
        private int characters;

        /** For one more, of this length. */
        void makeRoom(int length) throws IOException {
            if (count == AT_ONCE || characters + length > CHARACTERS_AT_ONCE) {
                write();
            }
            count++;
            characters += length;
        }

        /** What is written whatever is there may be written twice, when no answer came. */
        void write() throws IOException {
            Deadline deadline = Deadline.start(); // for each, as there may be many
            while (count > 0) {
                try {
                    var unused = etcd.write(change, deadline);
                    change = new Change();
                    count = 0;
                    characters = 0;
                } catch (EtcdFailedException e) {
                    etcd.pauseAfter(e, deadline);
                }
            }
        }
    }

    @Override
    public AutoCloseable watch(String prefix, Consumer<RecordChange> listener) {
        RecordWatch watch = new RecordWatch(etcd, new RecordKeys(prefix), listener).start();
        watches.add(watch);
        return () -> {
            watches.remove(watch);
            watch.close();
        };
    }

    @Override
    public void close() {
        watches.forEach(RecordWatch::close);
    }
}
