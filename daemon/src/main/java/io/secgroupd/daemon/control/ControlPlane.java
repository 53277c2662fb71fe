package io.secgroupd.daemon.control;

import io.secgroupd.daemon.control.Signals.Signal;
import io.secgroupd.daemon.control.Trial.TrialRequest;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.pipeline.SoundPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the policy in force up to date: follows the policy's files and the host's addresses, and hands over a new policy
 * whenever they change. While the files give no policy, the old one stays in force. Its own thread, the threads of the admin
 * socket and the timer of a trial take one lock for each change, so that changes happen one after the other. Queries take no
 * lock.
 */
public final class ControlPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    private final PolicyLoader loader;
    private final Consumer<PolicyChange> putInForce;
    private final Consumer<HostPolicy> written;
    private final Consumer<HostPolicy> readdress;
    private final Signals signals = new Signals();
    private final Surroundings surroundings;
    private HostPolicy inForce;
    private final TrialState trials;
    /**
     * A policy that is sound and newer than the one in force, but has no instance for this host. A new address may give it
     * one.
     */
    private @Nullable SoundPolicy notCarried;

    private final RefusalState refusals;
    private final ExpiryClock clock;
    private String lost = "";

    /**
     * @param first      the policy that is in force when this starts
     * @param putInForce takes every later policy, one at a time
     * @param written called at least once, with each policy in force that equals the rules file
     * @param readdress puts the policy in force again when only the addresses of the host have changed
     */
    public ControlPlane(
            PolicyLoader loader,
            HostPolicy first,
            Consumer<PolicyChange> putInForce,
            Consumer<HostPolicy> written,
            Consumer<HostPolicy> readdress)
            throws IOException {
        this(loader, first, putInForce, written, readdress, HostSurroundings::new);
    }

    /** @param around makes what raises the signals that it is given */
    ControlPlane(
            PolicyLoader loader,
            HostPolicy first,
            Consumer<PolicyChange> putInForce,
            Consumer<HostPolicy> written,
            Consumer<HostPolicy> readdress,
            Function<Signals, Surroundings> around) {
        this.loader = loader;
        this.putInForce = putInForce;
        this.written = written;
        this.readdress = readdress;
        this.inForce = first;
        loader.inForce(first);
        this.refusals = new RefusalState(loader.rules());
        this.surroundings = around.apply(signals);
        this.trials = new TrialState(this::timeIsOver, surroundings.timers());
        this.clock = new ExpiryClock(loader::now, () -> signals.raise(Signal.CLOCK), surroundings.timers());
        surroundings.follow(first.files());
    }

    /** Looks at files and addresses once at the start, because they may have changed since the first policy was read. */
    public void start() {
        signals.raise(Signal.FILES);
        signals.raise(Signal.ADDRESSES);
        clock.follow(inForce.sound());
        surroundings.start(this::follow);
    }

    private void follow(Set<Signal> taken) {
        boolean asked = taken.contains(Signal.ASKED);
        if (asked) {
            LOG.info("policy.reload: SIGHUP makes the daemon read the files now");
            loader.tryAgain();
        }
        if ((asked || taken.contains(Signal.FILES)) && surroundings.follow(reload())) {
            signals.raise(Signal.FILES);
        }
        if (taken.contains(Signal.ADDRESSES)) {
            selectAgain();
        }
        if (taken.contains(Signal.CLOCK)) {
            leaveOutExpired();
        }
    }

    /** Describes why the current files are not in force; empty when they are. */
    public Optional<RefusedFiles> refusal() {
        return refusals.current();
    }

    /** How many times files were refused. */
    public long failures() {
        return refusals.failures();
    }

    /** Reads the files now, without waiting for a change. Returns why they are not in force; empty when they are. */
    public synchronized Optional<RefusedFiles> reloadNow() {
        loader.tryAgain();
        reload();
        return refusals.current();
    }

    /**
     * Asks for a reload as {@link #reloadNow} does it, soon and on the control plane's own thread. Several requests before
     * that cause one reload.
     */
    public void reloadSoon() {
        signals.raise(Signal.ASKED);
    }

    /** Returns the files to follow from now on. */
    private synchronized List<Path> reload() {
        if (trials.current().isPresent()) {
            return List.of(loader.rules()); // looked at again when the trial ends
        }
        long began = System.nanoTime();
        try {
            SoundPolicy read = loader.read();
            requireNoneEmptied(read);
            select(read, began);
            return read.files();
        } catch (RefusedPolicyException e) {
            refusals.refuse(String.valueOf(e.getMessage()), e.problems());
            return e.files();
        } catch (OutOfMemoryError e) {
            refusals.refuse(PolicyReader.OUT_OF_MEMORY, List.of()); // the half-built policy is garbage by now
            return inForce.files();
        } catch (RuntimeException e) {
            LOG.error("policy.failed", e);
            refusals.refuse("internal error: " + e, List.of());
            return inForce.files();
        }
    }

    private void requireNoneEmptied(SoundPolicy read) throws RefusedPolicyException {
        try {
            EmptiedLists.requireNone(inForce.sound(), read);
        } catch (RefusedPolicyException e) {
            loader.tryAgain(); // they were read to their end, and did not end the process
            throw e;
        }
    }

    private void select(SoundPolicy read, long began) {
        try {
            HostPolicy loaded = loader.select(read);
            notCarried = null;
            accept(loaded, began);
        } catch (NotCarriedException e) {
            notCarried = read;
            refusals.refuse(String.valueOf(e.getMessage()), List.of());
        }
    }

    private void accept(HostPolicy loaded, long began) {
        if (!loaded.hash().equals(inForce.hash())) {
            replace(loaded, began, Optional.empty());
        } else if (refusals.current().isPresent()) {
            LOG.info(
                    "policy.unchanged file={} hash={}: the file is again what is in force",
                    rules(),
                    loaded.shortHash());
        }
        refusals.end();
        written.accept(loaded);
    }

    /** What is put in force is what lives now: a policy that comes back must not bring back a rule that expired meanwhile. */
    private void replace(HostPolicy loaded, long began, Optional<Existing> existing) {
        HostPolicy now = loaded.at(loader.now());
        putInForce.accept(new PolicyChange(now, Duration.ofNanos(System.nanoTime() - began), existing));
        inForce = now;
        loader.inForce(now);
        clock.follow(now.sound());
        ExpiryLog.tell(loaded.sound(), now.sound());
    }

    /** Puts the same policy in force without the rules that have expired, and with those that a clock set back revives. */
    private synchronized void leaveOutExpired() {
        try {
            if (!inForce.sound().isSameAt(loader.now())) {
                replace(inForce, System.nanoTime(), Optional.empty());
            }
        } catch (RuntimeException e) {
            LOG.error("policy.failed", e);
        }
    }

    /** Chooses the instances again under the same policy, because the addresses may have changed. */
    private synchronized void selectAgain() {
        long began = System.nanoTime();
        try {
            HostPolicy selected = loader.selectAgain(notCarried != null ? notCarried : inForce.sound());
            if (notCarried != null) {
                notCarried = null;
                accept(selected, began);
            }
            if (!selected.carried().isSameHostAs(inForce.carried())) {
                LOG.info("carry.changed instances={} before={}", selected.names(), inForce.names());
                replace(selected, began, Optional.empty());
            } else if (!selected.carried().equals(inForce.carried())) {
                readdress.accept(selected);
                inForce = selected;
            }
            lost = "";
        } catch (NotCarriedException e) {
            reportLost(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("carry.failed: what was in force for {} stays", inForce.names(), e);
        }
    }

    /** Reports each state of the addresses once: the kernel also announces changes that leave them as they are. */
    private void reportLost(String why) {
        if (!why.equals(lost)) {
            LOG.warn("carry.lost: {}; what was in force for {} stays", why, inForce.names());
            lost = why;
        }
    }

    /**
     * Judges a text as if it were the content of the rules file.
     *
     * @throws RefusedPolicyException when the text has any error
     * @throws NotCarriedException when the policy has no instance for this host
     */
    public HostPolicy read(PolicyText candidate) throws RefusedPolicyException, NotCarriedException {
        return withoutEmptied(loader.load(candidate));
    }

    /**
     * Judges the files as if some of them had other contents.
     *
     * @param instead the contents by the paths of files
     * @throws RefusedPolicyException when they have any error
     * @throws NotCarriedException when the policy has no instance for this host
     */
    public HostPolicy read(Map<Path, byte[]> instead) throws RefusedPolicyException, NotCarriedException {
        return withoutEmptied(loader.load(instead));
    }

    /** Judges a policy whose files are all given, under the paths that they will have; otherwise as {@link #read(Map)}. */
    public HostPolicy read(PolicyFiles files) throws RefusedPolicyException, NotCarriedException {
        return withoutEmptied(loader.load(files));
    }

    private synchronized HostPolicy withoutEmptied(HostPolicy read) throws RefusedPolicyException {
        read.requireNoneEmptied(inForce);
        return read;
    }

    /**
     * Puts a policy from {@link #read(PolicyText)} in force. Unless it is confirmed in time, the policy that is in force now comes back.
     */
    public synchronized void tryOut(HostPolicy policy, TrialRequest asked) {
        trials.current().ifPresent(this::isConfirmed); // else a confirmed candidate in the file would pass for an edit
        long began = System.nanoTime();
        trials.begin(policy, inForce, asked);
        replace(policy, began, asked.existing());
        LOG.info(
                "policy.trial hash={} by={}: in force for {} s, unless it is confirmed",
                policy.shortHash(),
                asked.by().orElse(""),
                asked.time().toSeconds());
    }

    /** The policy that waits to be confirmed. */
    public Optional<Trial> trial() {
        return trials.current();
    }

    /**
     * Prevents a trial from timing out while the rules file is being written. Returns why that is not possible; empty on
     * success.
     */
    public synchronized Optional<String> hold(String hash, Duration time) {
        return trials.hold(hash, time);
    }

    /**
     * Ends a trial whose policy the rules file holds by now, and follows the file again. Returns why that is not possible;
     * empty on success.
     */
    public synchronized Optional<String> confirm(String hash) {
        if (trials.endedWhileHeld(hash)) {
            return confirmLate(hash);
        }
        return trials.current()
                .filter(now -> now.hash().equals(hash))
                .map(this::settle)
                .orElseGet(() -> Optional.of(trials.notTried(hash)));
    }

    /** The trial ended although it was held for the writing of the rules file, so the content of the file counts. */
    private Optional<String> confirmLate(String hash) {
        trials.settle();
        reload();
        signals.raise(Signal.FILES);
        return inForce.hash().equals(hash)
                ? Optional.empty()
                : Optional.of(
                        "the time of the candidate was over before it was written to " + rules() + "; apply it again");
    }

    private Optional<String> settle(Trial now) {
        long began = System.nanoTime();
        try {
            HostPolicy read = loader.load();
            if (!read.hash().equals(now.hash())) {
                return Optional.of(
                        rules() + " does not say what is being tried; run secgroupd confirm, which writes it");
            }
            trials.settle();
            LOG.info("policy.confirmed hash={}", now.shortHash());
            accept(read, began);
            signals.raise(Signal.FILES); // follow all files again
            return Optional.empty();
        } catch (RefusedPolicyException | NotCarriedException e) {
            return Optional.of(rules() + " does not say what is being tried: " + e.getMessage());
        }
    }

    /** Ends a trial and restores what was in force before. False when there was no trial. */
    public synchronized boolean rollBack() {
        Optional<Trial> now = trials.current();
        now.ifPresent(ended -> end(ended, "it was asked for"));
        return now.isPresent();
    }

    /** The confirming command may have been killed after it wrote the file; file and daemon agree nevertheless. */
    private synchronized void timeIsOver(Trial ended) {
        if (trials.current().equals(Optional.of(ended)) && !isConfirmed(ended)) {
            end(ended, "it was not confirmed in time");
        }
    }

    /** Confirms a trial whose policy was written to the file without a confirmation to the daemon. */
    private boolean isConfirmed(Trial ended) {
        try {
            return ended.mayBeWritten(FileContent.hash(rules()))
                    && settle(ended).isEmpty();
        } catch (RuntimeException e) {
            LOG.error("policy.failed", e);
            return false;
        }
    }

    private void end(Trial ended, String why) {
        trials.end();
        replace(ended.before(), System.nanoTime(), ended.asked().existing());
        LOG.warn("policy.rolled_back hash={}: {}", inForce.shortHash(), why);
        signals.raise(Signal.FILES);
        signals.raise(Signal.ADDRESSES);
    }

    /** The rules file that is followed. */
    public Path rules() {
        return loader.rules();
    }

    @Override
    public void close() throws IOException {
        signals.raise(Signal.END);
        clock.close();
        surroundings.close();
    }
}
