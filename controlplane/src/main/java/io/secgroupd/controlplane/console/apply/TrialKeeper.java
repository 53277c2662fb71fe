package io.secgroupd.controlplane.console.apply;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back what is on trial when its time is over, also when that was while no server ran. */
public final class TrialKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrialKeeper.class);

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So that a timer is not a millisecond early by the clock. */
    private static final Duration GRACE = Duration.ofMillis(20);

    private final Trials trials;
    private final ScheduledThreadPoolExecutor timer;
    private final AutoCloseable watch;

    private TrialKeeper(PolicyStore store, Trials trials) throws IOException {
        this.trials = trials;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "trials");
            thread.setDaemon(true);
            return thread;
        });
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.watch = store.records().watch(Trials.RECORD, change -> {
            if (change.now().isPresent()) {
                after(Duration.ZERO);
            }
        });
    }

    /**
     * Keeps the trials of a store from now on.
     *
     * @throws IOException with a sentence, when the records cannot be watched
     */
    public static TrialKeeper start(PolicyStore store, Trials trials) throws IOException {
        return new TrialKeeper(store, trials);
    }

    private void after(Duration delay) {
        try {
            var unused = timer.schedule(this::look, delay.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the server ends, and another one keeps the trial", e);
        }
    }

    private void look() {
        try {
            Optional<Duration> left = trials.left();
            if (left.isPresent() && left.get().compareTo(Duration.ZERO) > 0) {
                after(left.get());
            } else if (left.isPresent()) {
                Optional<Revision> former = trials.expire();
                former.ifPresent(made -> LOG.warn(
                        "trial.taken_back by={} {}",
                        made.serial(),
                        made.origin().reason()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("trial.kept it is tried again: {}", e.getMessage());
            after(RETRY);
        }
    }

    /** What is being taken back is taken back first. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            watch.close();
            if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the store is slow, and another server or the next start takes back what is on trial");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("the records are closed already", e);
        }
    }
}
