package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three members, each of which is killed under the writes of several programs on two control servers, so that the leader is lost
 * at least once. What was acknowledged is there, and nothing is there twice.
 */
class LostMemberTest {

    private static final int WRITERS = 4;
    private static final int BETWEEN = 12;

    @TempDir
    private Path directory;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Revision> announced = new LinkedBlockingQueue<>();
    private final Semaphore made = new Semaphore(0);
    private volatile boolean done;

    @ParameterizedTest(name = "TLS: {0}")
    @ValueSource(booleans = {false, true})
    void noAcknowledgedWriteIsLostAndNoneIsMadeTwice(boolean tls) throws Exception {
        Optional<OwnCertificate> certificate = tls ? Optional.of(OwnCertificate.make(directory)) : Optional.empty();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (Etcd etcd = Etcd.start(directory, 3, certificate).ready();
                PolicyStore one = EtcdStore.open(etcd.settings("/test/"));
                PolicyStore other = EtcdStore.open(etcd.settings("/test/"));
                PolicyStore third = EtcdStore.open(etcd.settings("/test/"))) {
            Lines.begin(one);
            third.watch(announced::add);
            var writers = new ArrayList<Future<Void>>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(writer(i % 2 == 0 ? one : other, "writer " + i + " line ")));
            }
            for (int member = 0; member < 3; member++) {
                awaitWrites();
                etcd.kill(member);
                awaitWrites();
                etcd.startMember(member);
            }
            awaitWrites();
            done = true;
            for (Future<Void> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            List<String> lines = Lines.of(third.current());
            assertThat(lines).doesNotHaveDuplicates().containsAll(acknowledged);
            assertThat(third.current().serial()).isEqualTo(lines.size());
            assertNewestIsAnnounced(third.current().serial());
        } finally {
            threads.shutdownNow();
        }
    }

    private void awaitWrites() throws InterruptedException {
        made.drainPermits();
        assertThat(made.tryAcquire(BETWEEN, 60, TimeUnit.SECONDS))
                .as("writes go on")
                .isTrue();
    }

    private void assertNewestIsAnnounced(long serial) throws InterruptedException {
        long last = 0;
        while (last < serial) {
            Revision next = announced.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("after revision %s", last).isNotNull();
            assertThat(java.util.Objects.requireNonNull(next).serial()).isGreaterThan(last);
            last = next.serial();
        }
    }

    /** Adds lines; one of which it is not known whether it was made is looked for, as a client would. */
    private Callable<Void> writer(PolicyStore store, String name) {
        return () -> {
            for (int i = 0; !done; i++) {
                String line = name + i;
                while (!isThere(store, line) && !add(store, line)) {
                    Thread.onSpinWait();
                }
                acknowledged.add("# " + line);
                made.release();
            }
            return null;
        };
    }

    private static boolean isThere(PolicyStore store, String line) {
        try {
            return Lines.of(store.current()).contains("# " + line);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean add(PolicyStore store, String line) {
        try {
            Revision base = store.current();
            return !Lines.of(base).contains("# " + line) && Lines.add(store, base, line) instanceof Stored;
        } catch (IOException e) {
            return false;
        }
    }
}
