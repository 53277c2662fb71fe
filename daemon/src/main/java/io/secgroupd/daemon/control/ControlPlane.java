package io.secgroupd.daemon.control;

import io.secgroupd.daemon.control.NextPolicy.Existing;
import io.secgroupd.daemon.control.Signals.Signal;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the files of a policy and the addresses of the host: whenever they change, the new policy is handed over; while
 * they give none, the old one stays in force. Everything happens on one thread, one change after the other.
 */
public final class ControlPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    private final PolicyLoader loader;
    private final Consumer<NextPolicy> putInForce;
    private final Consumer<LoadedPolicy> written;
    private final Signals signals = new Signals();
    private final FileWatcher files;
    private final AddressWatcher addresses;
    private final Thread thread;
    private LoadedPolicy inForce;
    private volatile @Nullable Trial trial;
    /** Sound and newer than the one in force, but without an instance for this host: an address may bring one. */
    private @Nullable SoundPolicy notCarried;

    /** Asked for while a reload takes its seconds: nobody waits for that to know how things are. */
    private volatile @Nullable Refusal refusal;

    private final AtomicLong failures = new AtomicLong();
    private String lost = "";

    /**
     * @param first      the policy that is in force when this starts
     * @param putInForce takes every later policy, one at a time
     * @param written    takes every policy in force that is what the files say, at least once
     */
    public ControlPlane(
            PolicyLoader loader, LoadedPolicy first, Consumer<NextPolicy> putInForce, Consumer<LoadedPolicy> written)
            throws IOException {
        this.loader = loader;
        this.putInForce = putInForce;
        this.written = written;
        this.inForce = first;
        this.files = new FileWatcher(() -> signals.raise(Signal.FILES));
        this.addresses = AddressWatcher.start(() -> signals.raise(Signal.ADDRESSES));
        files.follow(first.files());
        this.thread = new Thread(this::follow, "control-plane");
        thread.setDaemon(true);
    }

    /** Begins with one look at files and addresses: they may have changed since the first policy was read. */
    public void start() {
        signals.raise(Signal.FILES);
        signals.raise(Signal.ADDRESSES);
        files.start();
        thread.start();
    }

    private void follow() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Set<Signal> taken = signals.take();
                if (taken.contains(Signal.FILES) && files.follow(reload())) {
                    signals.raise(Signal.FILES);
                }
                if (taken.contains(Signal.ADDRESSES)) {
                    selectAgain();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() ends the thread
        }
    }

    /**
     * Files that are not in force.
     *
     * @param since    when the first of them was refused
     * @param problems with their places; empty when it is not the files' fault
     */
    public record Refusal(Instant since, String why, List<Problem> problems) {}

    /** Why the files as they are now are not in force; empty when they are. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Times that files were refused. */
    public long failures() {
        return failures.get();
    }

    /** Reads the files now, without waiting for a change, and says why they are not in force, if so. */
    public synchronized Optional<Refusal> reloadNow() {
        reload();
        return Optional.ofNullable(refusal);
    }

    /** Returns the files to follow from now on. */
    private synchronized List<Path> reload() {
        if (trial != null) {
            return List.of(loader.rules()); // looked at again when the trial is over
        }
        long began = System.nanoTime();
        try {
            SoundPolicy read = loader.read();
            select(read, began);
            return read.files();
        } catch (RefusedPolicyException e) {
            refuse(String.valueOf(e.getMessage()), e.problems());
            return e.files();
        } catch (RuntimeException e) {
            LOG.error("policy.failed", e);
            refuse("internal error: " + e, List.of());
            return inForce.files();
        }
    }

    private void select(SoundPolicy read, long began) {
        try {
            LoadedPolicy loaded = loader.select(read);
            notCarried = null;
            accept(loaded, began);
        } catch (NotCarriedException e) {
            notCarried = read;
            refuse(String.valueOf(e.getMessage()), List.of());
        }
    }

    private void accept(LoadedPolicy loaded, long began) {
        if (!loaded.hash().equals(inForce.hash())) {
            replace(loaded, began, Optional.empty());
        } else if (refusal != null) {
            LOG.info(
                    "policy.unchanged file={} hash={}: the file is again what is in force",
                    rules(),
                    loaded.shortHash());
        }
        refusal = null;
        written.accept(loaded);
    }

    private void refuse(String why, List<Problem> problems) {
        Refusal before = refusal;
        Refusal now = new Refusal(before == null ? SteadyTime.now() : before.since(), why, List.copyOf(problems));
        refusal = now;
        if (now.equals(before)) {
            return; // asked for twice: by the change of the file, and by an operator
        }
        failures.incrementAndGet();
        problems.stream().filter(Problem::isError).forEach(problem -> LOG.error("policy.problem {}", problem));
        LOG.error("policy.refused file={}: {}; the old policy stays in force", rules(), why);
    }

    private void replace(LoadedPolicy loaded, long began, Optional<Existing> existing) {
        putInForce.accept(new NextPolicy(loaded, Duration.ofNanos(System.nanoTime() - began), existing));
        inForce = loaded;
    }

    /** The addresses may have changed: the same policy, for whichever instances this host is now. */
    private synchronized void selectAgain() {
        long began = System.nanoTime();
        try {
            LoadedPolicy selected = loader.select(notCarried != null ? notCarried : SoundPolicy.of(inForce));
            if (notCarried != null) {
                notCarried = null;
                accept(selected, began);
            }
            if (!selected.carried().equals(inForce.carried())) {
                LOG.info("carry.changed instances={} before={}", names(selected), names(inForce));
                replace(selected, began, Optional.empty());
            }
            lost = "";
        } catch (NotCarriedException e) {
            reportLost(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("carry.failed: what was in force for {} stays", names(inForce), e);
        }
    }

    /** Once for each state of the addresses: the kernel also tells of changes that leave them as they are. */
    private void reportLost(String why) {
        if (!why.equals(lost)) {
            LOG.warn("carry.lost: {}; what was in force for {} stays", why, names(inForce));
            lost = why;
        }
    }

    private static String names(LoadedPolicy loaded) {
        Collection<Instance> instances = loaded.carried().instances();
        return instances.stream().map(Instance::name).collect(Collectors.joining(","));
    }

    /**
     * Reads another file, as the rules file is read.
     *
     * @throws RefusedPolicyException when there is any error in it
     * @throws NotCarriedException    when it has no instance for this host
     */
    public LoadedPolicy read(Path candidate) throws RefusedPolicyException, NotCarriedException {
        return loader.of(candidate).load();
    }

    /** Puts a policy in force that {@link #read} gave; what is in force now comes back unless it is confirmed in time. */
    public synchronized void tryOut(Path candidate, LoadedPolicy policy, Optional<Existing> existing, Duration time) {
        long began = System.nanoTime();
        Trial earlier = trial;
        var now = new Trial(
                candidate,
                earlier == null ? inForce : earlier.before(),
                Instant.now().plus(time),
                existing);
        trial = now;
        replace(policy, began, existing);
        LOG.info(
                "policy.trial hash={}: in force for {} s, unless it is confirmed",
                policy.shortHash(),
                time.toSeconds());
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> end(now, "it was not confirmed in time"));
    }

    /** The policy that waits to be confirmed. */
    public Optional<Trial> trial() {
        return Optional.ofNullable(trial);
    }

    /** Ends a trial: the rules file, which says by now what was tried, is followed again. False when there was none. */
    public synchronized boolean confirm() {
        if (trial == null) {
            return false;
        }
        trial = null;
        LOG.info("policy.confirmed hash={}", inForce.shortHash());
        reload();
        signals.raise(Signal.FILES); // and follow them all again
        return true;
    }

    /** Ends a trial by what was in force before. False when there was none. */
    public synchronized boolean rollBack() {
        Trial now = trial;
        return now != null && end(now, "it was asked for");
    }

    private synchronized boolean end(Trial ended, String why) {
        if (!ended.equals(trial)) {
            return false; // confirmed, or followed by another
        }
        trial = null;
        replace(ended.before(), System.nanoTime(), ended.existing());
        LOG.warn("policy.rolled_back hash={}: {}", inForce.shortHash(), why);
        signals.raise(Signal.FILES);
        signals.raise(Signal.ADDRESSES);
        return true;
    }

    /** The file that is followed. */
    public Path rules() {
        return loader.rules();
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        addresses.close();
        files.close();
    }
}
