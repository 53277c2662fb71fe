package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkMonitor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the skeleton in place. It checks the skeleton whenever the kernel reports a change in its tables, and every few
 * seconds in any case, and restores what others have damaged. While it is damaged the host is open, so this is a race
 * against the next connection.
 */
public final class Guard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /** The kernel does not report changes by iptables-legacy, so only polling finds them. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** Even a reported change can be lost or attributed to another table. No change stays unnoticed for longer than this. */
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(5);

    /** Tools change tables in several transactions; a check between them would cost processes and find half a change. */
    private static final Duration DEBOUNCE = Duration.ofMillis(50);

    /** Without a pause, two programs that each insist on being first would undo each other's work without a break. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** What cannot be restored is tried again at growing intervals, up to this one. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Hooks hooks;
    private final Hooks.Installed installed;
    private final SkeletonSettings settings;
    private final Semaphore changes = new Semaphore(0);
    private final AtomicLong restored = new AtomicLong();
    private final Thread thread;
    private Optional<NetlinkMonitor> monitor = Optional.empty();
    private volatile boolean told;
    private Duration pause = PAUSE;

    private Guard(Hooks hooks, Hooks.Installed installed, SkeletonSettings settings) {
        this.hooks = hooks;
        this.installed = installed;
        this.settings = settings;
        this.told = installed.changesAreTold();
        this.thread = new Thread(this::watch, "hooks-guard");
        thread.setDaemon(true);
    }

    /** Starts to guard the installed skeleton. It begins with a check, because damage may already have happened. */
    public static Guard start(Hooks hooks, Hooks.Installed installed, SkeletonSettings settings) {
        return start(
                hooks,
                installed,
                settings,
                listener ->
                        NetlinkMonitor.start("hooks-events", Netlink.NETLINK_NETFILTER, TableEvents.GROUPS, listener));
    }

    static Guard start(
            Hooks hooks, Hooks.Installed installed, SkeletonSettings settings, NetlinkMonitor.Opener events) {
        Guard guard = new Guard(hooks, installed, settings);
        try {
            guard.monitor = Optional.of(events.open(new TableEvents(guard.changes::release, guard::unheard)));
        } catch (IOException e) {
            guard.unheard(e);
        }
        guard.changes.release();
        guard.thread.start();
        return guard;
    }

    private void unheard(Exception why) {
        LOG.warn(
                "hooks.polled: netlink does not report changes to the tables ({}); they are checked every {} ms instead",
                why.toString(),
                LOOK_EVERY.toMillis());
        told = false;
        changes.release();
    }

    /** How many times the skeleton had to be restored. */
    public long hooksRestored() {
        return restored.get();
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                awaitReason();
                if (keep()) {
                    pause = PAUSE;
                    continue;
                }
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                changes.release(); // the skeleton was not in order, so it is checked again even without an event
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() interrupts to end the thread
        }
    }

    private void awaitReason() throws InterruptedException {
        if (told) {
            if (changes.tryAcquire(LOOK_ANYWAY.toMillis(), TimeUnit.MILLISECONDS)) {
                TimeUnit.NANOSECONDS.sleep(DEBOUNCE.toNanos());
            }
        } else {
            changes.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        changes.drainPermits();
    }

    /**
     * Checks the skeleton, and restores it if necessary. Returns false when it could not be read or had to be restored; then
     * a pause is needed.
     */
    private boolean keep() throws InterruptedException {
        try {
            List<String> differences = hooks.check(installed.backend(), settings);
            if (!differences.isEmpty()) {
                restore(differences);
            }
            return differences.isEmpty();
        } catch (HooksException | RuntimeException e) {
            // An unforeseen answer of a tool must not end the guard, because nobody else would restore anything.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.error("hooks.failed {}", e instanceof HooksException ? e.getMessage() : e.toString());
            lengthenPause();
            return false;
        }
    }

    private void restore(List<String> differences) throws HooksException {
        hooks.restore(installed, settings);
        long count = restored.incrementAndGet();
        LOG.warn(
                "hooks.restored count={}: another program had changed them: {}", count, String.join("; ", differences));
        List<String> still = hooks.check(installed.backend(), settings);
        if (still.isEmpty()) {
            pause = PAUSE;
        } else {
            LOG.error("hooks.differ after they were restored: {}", String.join("; ", still));
            lengthenPause();
        }
    }

    private void lengthenPause() {
        pause = pause.compareTo(LONGEST_PAUSE.dividedBy(2)) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    /** Stops the guard. After this returns, nothing is restored any more. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        monitor.ifPresent(NetlinkMonitor::close);
    }
}
