package io.secgroupd.controlplane.store.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener of the records under a prefix, on a thread of its own. Each watch begins at the present, and once it is
 * there, what etcd has is compared with what was told; so neither a break nor a compaction loses a change. A watch that is
 * silent is compared now and then too, since it may be dead without a word (etcd#18879).
 */
final class RecordWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordWatch.class);

    private static final long LOOK_EVERY_MILLIS = 5_000;
    private static final long FIRST_PAUSE_MILLIS = 50;

    /** Answers that wait for a slow listener. When there are more, all is compared instead. */
    private static final int MOST_WAITING = 10_000;

    /** When there are more, all are read anew, many at once. */
    private static final int MOST_ONE_BY_ONE = 20;

    private final Connection etcd;
    private final RecordKeys keys;
    private final Consumer<RecordChange> listener;
    private final Thread thread = new Thread(this::run, "etcd-records");
    private final Map<String, Long> told = new TreeMap<>();
    private volatile boolean closed;
    private volatile @Nullable Signals current;
    private long pause = FIRST_PAUSE_MILLIS;

    RecordWatch(Connection etcd, RecordKeys keys, Consumer<RecordChange> listener) {
        this.etcd = etcd;
        this.keys = keys;
        this.listener = listener;
        thread.setDaemon(true);
    }

    RecordWatch start() {
        thread.start();
        return this;
    }

    /** What one watch has said, and whether it has ended. */
    private static final class Signals {

        private final BlockingQueue<Optional<WatchResponse>> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private volatile boolean ended;

        void add(WatchResponse response) {
            if (!waiting.offer(Optional.of(response))) {
                ended = true;
            }
        }

        void end() {
            ended = true;
            var unused = waiting.offer(Optional.empty());
        }

        /** Empty when there is none for a time, or the watch has ended. */
        Optional<WatchResponse> next() throws InterruptedException {
            Optional<WatchResponse> next = waiting.poll(jittered(LOOK_EVERY_MILLIS), TimeUnit.MILLISECONDS);
            return next == null ? Optional.empty() : next;
        }
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    follow();
                } catch (IOException | RuntimeException e) {
                    LOG.debug("store.unread {}", e.toString()); // whoever asks for a record is told
                }
                if (!closed) {
                    TimeUnit.MILLISECONDS.sleep(jittered(pause));
                    pause = Math.min(2 * pause, LOOK_EVERY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows one watch until it ends. A client that was given up tells its watches nothing. */
    private void follow() throws IOException, InterruptedException {
        var signals = new Signals();
        current = signals;
        Client client = etcd.client();
        var comparison = new ComparisonTimes(System.nanoTime());
        Watch.Watcher watcher = begin(client, signals);
        try {
            while (!closed && !signals.ended && client == etcd.client()) {
                Optional<WatchResponse> said = signals.next();
                boolean begins = said.map(WatchResponse::isCreatedNotify).orElse(false);
                if (begins || comparison.isDue(said.isEmpty(), System.nanoTime())) {
                    compare();
                    comparison.made(System.nanoTime());
                    pause = FIRST_PAUSE_MILLIS;
                }
                said.ifPresent(response -> response.getEvents().forEach(this::take));
            }
        } finally {
            watcher.close();
        }
    }

    private Watch.Watcher begin(Client client, Signals signals) {
        var option = WatchOption.builder()
                .withRange(EtcdClients.bytes(keys.end()))
                .withCreateNotify(true)
                .withRequireLeader(true)
                .build();
        return client.getWatchClient()
                .watch(EtcdClients.bytes(keys.start()), option, signals::add, failure -> signals.end(), signals::end);
    }

    private void compare() throws IOException {
        List<Item> now = keys.names(etcd);
        if (now.stream().filter(this::isNewer).count() > MOST_ONE_BY_ONE) {
            now = keys.items(etcd);
        }
        var gone = new TreeSet<>(told.keySet());
        for (Item item : now) {
            gone.remove(item.key());
            if (isNewer(item)) {
                withValue(item).ifPresent(this::tell);
            }
        }
        gone.forEach(this::tellRemoved);
    }

    private boolean isNewer(Item item) {
        return item.modified() > told.getOrDefault(item.key(), 0L);
    }

    private Optional<Item> withValue(Item item) throws IOException {
        return item.value().length > 0 ? Optional.of(item) : etcd.get(item.key(), Deadline.start());
    }

    private void take(WatchEvent event) {
        KeyValue written = event.getKeyValue();
        String key = written.getKey().toString(StandardCharsets.UTF_8);
        var item = new Item(key, written.getValue().getBytes(), written.getModRevision());
        if (!isNewer(item)) {
            return;
        }
        if (event.getEventType() == WatchEvent.EventType.PUT) {
            tell(item);
        } else if (told.containsKey(key)) {
            tellRemoved(key);
        }
    }

    private void tell(Item item) {
        told.put(item.key(), item.modified());
        call(new RecordChange(RecordKeys.name(item.key()), Optional.of(RecordKeys.record(item))));
    }

    private void tellRemoved(String key) {
        told.remove(key);
        call(new RecordChange(RecordKeys.name(key), Optional.empty()));
    }

    private void call(RecordChange change) {
        if (closed) {
            return;
        }
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.error("store.listener failed on record {}", change.key(), e);
        }
    }

    private static long jittered(long millis) {
        return ThreadLocalRandom.current().nextLong(millis / 2, millis + 1);
    }

    @Override
    public void close() {
        closed = true;
        Signals now = current;
        if (now != null) {
            now.end();
        }
    }
}
