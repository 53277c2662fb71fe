package io.secgroupd.controlplane.store.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after newer revisions on a thread of its own: whenever etcd tells of one, and every few seconds, since a watch may be
 * dead without a word (etcd#18879). The watch begins at the present and the first look comes after it, so that no revision of
 * etcd need be there still: a compaction takes nothing away from it. Whatever ends a watch, another is begun after a pause,
 * which is longer each time and never the same for two control servers.
 */
final class HeadWatch implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 5_000;
    private static final long FIRST_PAUSE_MILLIS = 50;

    /** So long those who act on a newer revision unread have the processor to themselves: to read a large one takes all of it. */
    private static final long EARLY_MILLIS = 1_000;

    private final Connection etcd;
    private final BooleanSupplier early;
    private final Runnable look;
    private final Thread thread = new Thread(this::run, "etcd-watch");
    private final Semaphore signals = new Semaphore(0);
    private volatile boolean closed;
    private volatile boolean ended;
    private volatile boolean acted;
    private Watch.@Nullable Watcher watcher;
    private @Nullable Client watched;
    private long pause = FIRST_PAUSE_MILLIS;

    /**
     * Prepares a watch.
     *
     * @param early comes at once when etcd tells of a change, also while a look is under way, and says whether anybody acts on
     *              it; it may not wait
     * @param look  reads the newest revision
     */
    HeadWatch(Connection etcd, BooleanSupplier early, Runnable look) {
        this.etcd = etcd;
        this.early = early;
        this.look = look;
        thread.setDaemon(true);
    }

    HeadWatch start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                begin();
                look.run();
                boolean told = signals.tryAcquire(jittered(ended ? pause : LOOK_EVERY_MILLIS), TimeUnit.MILLISECONDS);
                if (!told && !ended) {
                    pause = FIRST_PAUSE_MILLIS;
                }
                if (told && !ended && !closed && acted) {
                    TimeUnit.MILLISECONDS.sleep(EARLY_MILLIS);
                }
                signals.drainPermits();
                // A client that was given up tells its watches nothing.
                if (ended || watched != etcd.client()) {
                    end();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void begin() {
        if (watcher == null) {
            ended = false;
            var option = WatchOption.builder()
                    .withCreateNotify(true)
                    .withRequireLeader(true)
                    .build();
            Client client = etcd.client();
            watched = client;
            watcher = client.getWatchClient()
                    .watch(
                            EtcdClients.bytes(Keys.HEAD),
                            option,
                            event -> changed(),
                            failure -> endedBy(),
                            this::endedBy);
        }
    }

    /** A look takes seconds where the policy is large, and who acts on a revision unread is not to wait for it. */
    private void changed() {
        acted = early.getAsBoolean();
        signals.release();
    }

    private void endedBy() {
        ended = true;
        signals.release();
    }

    private void end() {
        Watch.Watcher old = watcher;
        watcher = null;
        if (old != null) {
            old.close();
        }
        pause = Math.min(2 * pause, LOOK_EVERY_MILLIS);
    }

    private static long jittered(long millis) {
        return ThreadLocalRandom.current().nextLong(millis / 2, millis + 1);
    }

    @Override
    public void close() {
        closed = true;
        signals.release();
    }
}
