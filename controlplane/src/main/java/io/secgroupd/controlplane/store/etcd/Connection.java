package io.secgroupd.controlplane.store.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.options.GetOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The calls to an etcd. Each ends by its deadline, with an answer or a sentence for the operator. */
final class Connection implements AutoCloseable {

    /** gRPC waits for up to two minutes before it tries again to connect; a new client tries at once. */
    private static final long RENEW_AFTER_MILLIS = 2_000;

    private static final long PAUSE_MILLIS = 100;

    private final EtcdSettings settings;
    private Client client;
    private long since = System.nanoTime();
    private boolean closed;

    private Connection(EtcdSettings settings, Client client) {
        this.settings = settings;
        this.client = client;
    }

    static Connection open(EtcdSettings settings) throws IOException {
        return new Connection(settings, EtcdClients.make(settings));
    }

    synchronized Client client() {
        return client;
    }

    /** A key as it is now by the majority of the members, so that nothing older is read than what was acknowledged to anybody. */
    Optional<Item> get(String key, Deadline deadline) throws IOException {
        GetResponse found = read(kv -> kv.get(EtcdClients.bytes(key)), deadline);
        return found.getKvs().stream().findFirst().map(Connection::item);
    }

    /** Keys from one to another, which is not among them, in this order. */
    List<Item> range(String from, String to, Function<GetOption.Builder, GetOption.Builder> how, Deadline deadline)
            throws IOException {
        GetOption option =
                how.apply(GetOption.builder().withRange(EtcdClients.bytes(to))).build();
        return read(kv -> kv.get(EtcdClients.bytes(from), option), deadline).getKvs().stream()
                .map(Connection::item)
                .toList();
    }

    private static Item item(KeyValue found) {
        return new Item(
                found.getKey().toString(StandardCharsets.UTF_8),
                found.getValue().getBytes(),
                found.getModRevision());
    }

    /**
     * Writes, at most once.
     *
     * @return the revision of etcd that was made; empty when a condition does not hold
     * @throws IOException when that is not known
     */
    OptionalLong write(Change change, Deadline deadline) throws IOException {
        TxnResponse answer = Answers.await(
                client().getKVClient()
                        .txn()
                        .If(change.conditions())
                        .Then(change.writes())
                        .commit(),
                deadline);
        return answer.isSucceeded() ? OptionalLong.of(answer.getHeader().getRevision()) : OptionalLong.empty();
    }

    /** Reading may be tried again, with another member, until the deadline. */
    private <T> T read(Function<KV, CompletableFuture<T>> call, Deadline deadline) throws IOException {
        Optional<EtcdFailedException> before = Optional.empty();
        while (true) {
            try {
                return Answers.await(call.apply(client().getKVClient()), deadline);
            } catch (EtcdFailedException e) {
                // An attempt that the deadline cut short says less than the one before.
                pauseAfter(deadline.isOver() ? before.orElse(e) : e, deadline);
                before = Optional.of(e);
            }
        }
    }

    /** Waits before another attempt; where none can help, or it is too late for one, throws what has failed. */
    void pauseAfter(EtcdFailedException failure, Deadline deadline) throws IOException {
        if (!failure.isPassing() || deadline.restMillis() <= PAUSE_MILLIS) {
            throw failure;
        }
        renew();
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /** Calls that are on their way by the old client keep it until their own deadline. */
    synchronized void renew() throws IOException {
        long now = System.nanoTime();
        if (!closed && now - since > TimeUnit.MILLISECONDS.toNanos(RENEW_AFTER_MILLIS)) {
            Client old = client;
            client = EtcdClients.make(settings);
            since = now;
            CompletableFuture.delayedExecutor(2 * CallDeadline.MILLIS, TimeUnit.MILLISECONDS)
                    .execute(old::close);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        client.close();
    }
}
