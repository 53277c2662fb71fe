package io.secgroupd.daemon.service;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.shadow.ShadowCandidate;
import io.secgroupd.daemon.shadow.ShadowEnd;
import io.secgroupd.daemon.shadow.ShadowKeeper;
import io.secgroupd.daemon.shadow.ShadowReport;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the candidate beside the policy in force as it would be if it were in force: for this host's instances by its current
 * addresses, without the rules that have expired. Once a second it looks at the clock, and stores what is new. The lock of the
 * control plane may be held by a caller, and is never taken here.
 */
final class ShadowedPolicy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowedPolicy.class);

    private final ShadowKeeper keeper;
    private final RunningPolicy running;
    private final PolicyLoader loader;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("shadow", true));
    private @Nullable HostPolicy candidate;

    ShadowedPolicy(ShadowKeeper keeper, RunningPolicy running, PolicyLoader loader) {
        this.keeper = keeper;
        this.running = running;
        this.loader = loader;
    }

    /** Begins to look at the clock. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the thread
    void start() {
        thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    ShadowKeeper keeper() {
        return keeper;
    }

    /**
     * Begins with a candidate.
     *
     * @throws IOException when it cannot be stored; it has not begun then
     */
    synchronized void begin(ShadowCandidate next, HostPolicy policy, PolicyFiles files) throws IOException {
        keeper.begin(next, files, policy.filter(), places(next, files));
        candidate = policy;
        running.judgeAgain();
    }

    /** Goes on with the candidate of an earlier start. */
    synchronized void resume(ShadowReport from, HostPolicy policy, PolicyFiles files) {
        keeper.resume(from, policy.filter(), places(from.candidate(), files));
        candidate = policy;
        running.judgeAgain();
    }

    /** The operator knows the candidate by its own name, and not by the place that it is to have. */
    private UnaryOperator<String> places(ShadowCandidate candidate, PolicyFiles files) {
        List<String> places = List.of(files.first() + ":", loader.rules() + ":"); // the second may be a relative path
        return at -> places.stream()
                .filter(at::startsWith)
                .findFirst()
                .map(place -> candidate.name() + ":" + at.substring(place.length()))
                .orElse(at);
    }

    /** Ends the candidate. */
    synchronized void end(ShadowEnd how, String because) {
        keeper.end(how, because);
        candidate = null;
        running.judgeAgain();
    }

    /** Chooses the instances of the candidate again, because the addresses of the host, or the time, are others. */
    synchronized void follow() {
        HostPolicy before = candidate;
        if (before == null) {
            return;
        }
        try {
            Optional<HostPolicy> now = loader.again(before);
            if (now.isPresent()) {
                candidate = now.get();
                keeper.change(now.get().filter());
                running.judgeAgain();
            }
        } catch (NotCarriedException gone) {
            LOG.debug("shadow.lost {}", gone.getMessage()); // it stays as it was, as the policy in force does
        }
    }

    /** Ends the candidate when the rules file says the same by now. */
    void written(HostPolicy policy) {
        if (keeper.isCandidate(policy.hash())) {
            end(ShadowEnd.PROMOTED, "the rules file says the same, and it is in force");
        }
    }

    private synchronized void leaveOutExpired() {
        if (candidate != null && !loader.isOfNow(candidate)) {
            follow();
        }
    }

    private void look() {
        try {
            if (keeper.isOver()) {
                end(ShadowEnd.EXPIRED, "its time is over");
            }
            leaveOutExpired();
            keeper.look();
        } catch (RuntimeException e) {
            LOG.error("shadow.failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
