package io.secgroupd.controlplane.fleet.server;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a control server does for its fleet beside answering: one thread speaks to the store, and may wait for it; another one
 * ends the waiting of hosts in time.
 */
final class FleetWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FleetWork.class);

    /** So long the reports of hosts are gathered. */
    private static final long WRITE_EVERY_MILLIS = 100;

    private static final long DRIVE_EVERY_MILLIS = 500;
    private static final long SWEEP_EVERY_MILLIS = 1_000;

    private final ScheduledExecutorService stored = Executors.newSingleThreadScheduledExecutor(FleetWork::thread);
    private final ScheduledExecutorService waiting = Executors.newSingleThreadScheduledExecutor(FleetWork::thread);
    private final Clock clock;
    private final RecordWriter writer;
    private final SeenHosts seen;
    private final PointerWaits waits;
    private final RolloutDriver driver;
    private final ServerSign alive;
    private final Task serve;
    private final Task members;

    /** Something that needs the store. */
    interface Task {
        void run() throws IOException;
    }

    /**
     * Prepares the work.
     *
     * @param serve   has the revisions at hand that hosts are to have
     * @param members writes into the policy which hosts are there
     */
    FleetWork(
            Clock clock,
            RecordWriter writer,
            SeenHosts seen,
            PointerWaits waits,
            RolloutDriver driver,
            ServerSign alive,
            Task serve,
            Task members) {
        this.clock = clock;
        this.writer = writer;
        this.seen = seen;
        this.waits = waits;
        this.driver = driver;
        this.alive = alive;
        this.serve = serve;
        this.members = members;
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "fleet");
        thread.setDaemon(true);
        return thread;
    }

    // A task that is repeated has no result that anybody could look at.
    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        every(stored, WRITE_EVERY_MILLIS, writer::flush);
        every(stored, DRIVE_EVERY_MILLIS, this::drive);
        every(waiting, SWEEP_EVERY_MILLIS, () -> {
            waits.sweep();
            seen.sweep(clock.instant());
        });
    }

    private static void every(ScheduledExecutorService thread, long millis, Task task) {
        var unused = thread.scheduleWithFixedDelay(() -> guarded(task), 0, millis, TimeUnit.MILLISECONDS);
    }

    private void drive() throws IOException {
        alive.run();
        driver.run();
        serve.run();
        members.run();
    }

    /** Looks after the roll-out at once. */
    void driveSoon() {
        soon(this::drive);
    }

    /** Looks after what hosts are to have at once. */
    void serveSoon() {
        soon(serve);
    }

    // Whoever wants it sees what comes of it.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void soon(Task task) {
        try {
            stored.execute(() -> guarded(task));
        } catch (RejectedExecutionException ended) {
            LOG.debug("fleet.late: the control server ends");
        }
    }

    /** What fails is tried again: the store comes back, or somebody mends what is wrong. */
    private static void guarded(Task task) {
        try {
            task.run();
        } catch (IOException e) {
            LOG.warn("fleet.delayed {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("fleet.failed", e);
        }
    }

    @Override
    public void close() {
        stored.shutdown();
        waiting.shutdownNow();
        try {
            var unused = stored.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stored.shutdownNow();
        writer.flush();
    }
}
