package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.common.RecordRules;
import io.secgroupd.controlplane.store.directory.RecordLog.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records in a directory, in which they have a lock of their own: a change of the policy may take long. */
final class DirectoryRecords implements RecordStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryRecords.class);

    /** So many lines that do not count any more, beside three for each that does, are worth no writing anew. */
    private static final int LINES_TO_SPARE = 1000;

    private final Path directory;
    private final RecordLog log;
    private final RecordListeners listeners = new RecordListeners();
    private final ExecutorService teller = Executors.newSingleThreadExecutor(DirectoryRecords::thread);
    private final NavigableMap<String, StoredRecord> records = new TreeMap<>();
    private long version;
    private int lines;
    private @Nullable Watcher watcher;

    DirectoryRecords(Path directory) {
        this.directory = directory;
        this.log = new RecordLog(directory);
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "record-listeners");
        thread.setDaemon(true);
        return thread;
    }

    /** Takes in what was written since, by this process or another. */
    private synchronized void refresh() throws IOException {
        Optional<RecordLog.Fresh> fresh = log.read();
        if (fresh.isEmpty()) {
            return;
        }
        var before = new TreeMap<String, StoredRecord>();
        if (fresh.get().whole()) {
            before.putAll(records);
            records.clear();
            lines = 0;
        }
        var changed = new TreeSet<>(before.keySet());
        for (Entry entry : fresh.get().entries()) {
            take(entry);
            changed.add(entry.key());
        }
        version = Math.max(version, fresh.get().version());
        changed.removeIf(key -> before.containsKey(key) && before.get(key).equals(records.get(key)));
        tell(changed);
    }

    private void take(Entry entry) {
        lines++;
        if (entry.value().isPresent()) {
            records.put(entry.key(), new StoredRecord(entry.key(), entry.value().get(), entry.version()));
        } else {
            records.remove(entry.key());
        }
    }

    private void tell(Collection<String> changed) {
        if (!listeners.areThere() || changed.isEmpty()) {
            return;
        }
        changed.forEach(key -> listeners.note(new RecordChange(key, Optional.ofNullable(records.get(key)))));
        if (!teller.isShutdown()) {
            teller.execute(listeners::deliver);
        }
    }

    @Override
    public synchronized Optional<StoredRecord> get(String key) throws IOException {
        refresh();
        return Optional.ofNullable(records.get(RecordRules.key(key)));
    }

    @Override
    public synchronized List<StoredRecord> list(String prefix) throws IOException {
        refresh();
        return present(RecordRules.prefix(prefix));
    }

    private List<StoredRecord> present(String prefix) {
        // No character of a key comes after this one.
        return List.copyOf(records.subMap(prefix, prefix + '~').values());
    }

    @Override
    public boolean put(String key, String value, long expected) throws IOException {
        var entry = new Unnumbered(RecordRules.key(key), Optional.of(RecordRules.value(value)));
        return locked(() -> {
            boolean holds = get(key).map(StoredRecord::version).orElse(0L) == expected;
            write(holds ? List.of(entry) : List.of());
            return holds;
        });
    }

    /** What is to be written, before it has a version. */
    private record Unnumbered(String key, Optional<String> value) {}

    /** What only who has the lock may do. */
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T locked(Work<T> work) throws IOException {
        StateLock lock = StateLock.take(directory);
        try {
            refresh();
            return work.run();
        } finally {
            lock.close();
        }
    }

    @Override
    public void putAll(Map<String, String> values) throws IOException {
        var entries = new ArrayList<Unnumbered>();
        new TreeMap<>(values)
                .forEach((key, value) ->
                        entries.add(new Unnumbered(RecordRules.key(key), Optional.of(RecordRules.value(value)))));
        var unused = locked(() -> write(entries));
    }

    @Override
    public void remove(Collection<String> keys) throws IOException {
        var sorted = new TreeSet<String>();
        keys.forEach(key -> sorted.add(RecordRules.key(key)));
        var unused = locked(() -> write(sorted.stream()
                .filter(this::isThere)
                .map(key -> new Unnumbered(key, Optional.empty()))
                .toList()));
    }

    private synchronized boolean isThere(String key) {
        return records.containsKey(key);
    }

    /** Only who has the lock may write. The wait for the disk keeps no reader out. Returns how many lines were written. */
    private int write(List<Unnumbered> wanted) throws IOException {
        if (wanted.isEmpty()) {
            return 0;
        }
        long next = lastVersion();
        var entries = new ArrayList<Entry>();
        for (Unnumbered each : wanted) {
            next++;
            entries.add(new Entry(each.key(), each.value(), next));
        }
        log.add(entries);
        refresh();
        shorten();
        return entries.size();
    }

    private synchronized long lastVersion() {
        return version;
    }

    private void shorten() {
        List<Entry> all;
        long reached;
        synchronized (this) {
            if (lines <= LINES_TO_SPARE + 4 * records.size()) {
                return;
            }
            reached = version;
            all = records.values().stream()
                    .map(each -> new Entry(each.key(), Optional.of(each.value()), each.version()))
                    .toList();
        }
        try {
            log.writeAnew(all, reached);
            refresh();
        } catch (IOException e) {
            LOG.warn("store.unswept {}", e.toString()); // what was to be written is; the next write tries again
        }
    }

    @Override
    public synchronized AutoCloseable watch(String prefix, Consumer<RecordChange> listener) throws IOException {
        refresh();
        AutoCloseable watching = listeners.add(RecordRules.prefix(prefix), listener, present(prefix));
        teller.execute(listeners::deliver);
        if (watcher == null) {
            watcher = new Watcher(this::look, () -> List.of(directory)).start();
        }
        return watching;
    }

    private void look() {
        try {
            refresh();
        } catch (IOException | RuntimeException e) {
            LOG.debug("store.unread {}", e.toString()); // whoever asks for a record is told
        }
    }

    @Override
    public void close() throws IOException {
        Watcher old;
        synchronized (this) {
            old = watcher;
            watcher = null;
        }
        teller.shutdown();
        if (old != null) {
            old.close(); // not with the lock, which its last look may wait for
        }
    }
}
