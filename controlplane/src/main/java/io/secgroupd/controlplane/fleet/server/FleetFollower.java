package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.fleet.rollout.StepMembers;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for the fleet whether a change is in force: that is so when the connected hosts of its first step have acknowledged
 * it, or at once when there are none.
 */
final class FleetFollower implements LocalDaemon {

    private static final Logger LOG = LoggerFactory.getLogger(FleetFollower.class);

    /** Shorter than AWS clients wait for an answer, which is a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final PolicyStore store;
    private final FleetView view;
    private final Consumer<String> checked;
    private final Clock clock;

    /** @param checked has a revision rolled out at once, by its hash: it has been checked */
    FleetFollower(PolicyStore store, FleetView view, Consumer<String> checked, Clock clock) {
        this.store = store;
        this.view = view;
        this.checked = checked;
        this.clock = clock;
    }

    /** Hosts are not asked before: they try a revision, and return by themselves. */
    @Override
    public Optional<String> objection(PlannedPolicy candidate) {
        return Optional.empty();
    }

    @Override
    public Optional<String> follow(String hash) {
        if (!view.hasHosts()) {
            return Optional.empty();
        }
        try {
            Revision newest = store.current();
            checked.accept(hash);
            return newest.hash().equals(hash) ? await(newest.serial()) : Optional.empty();
        } catch (IOException e) {
            return Optional.of("it is not known whether the change was stored: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the program ends");
        }
    }

    private Optional<String> await(long serial) throws InterruptedException {
        Instant end = clock.instant().plus(PATIENCE);
        for (Instant now = clock.instant(); now.isBefore(end); now = clock.instant()) {
            long changes = view.changes();
            Optional<Rollout> rollout =
                    view.rollout().map(FleetView.KnownRollout::rollout).filter(known -> known.serial() >= serial);
            Optional<String> failure = rollout.flatMap(known -> failure(known, serial));
            if (failure.isPresent()) {
                return failure;
            }
            if (rollout.isPresent() && (rollout.get().serial() > serial || isAcknowledged(rollout.get(), now))) {
                return Optional.empty();
            }
            if (rollout.isEmpty() && view.states(now).stream().noneMatch(HostState::connected)) {
                return Optional.empty();
            }
            view.awaitMoreThan(changes, Duration.between(now, end).toMillis());
        }
        LOG.info("rollout.slow revision={} the first hosts have not acknowledged it yet; it goes on", serial);
        return Optional.empty();
    }

    /** Why a revision is not coming into force; it may be taken back already. */
    private static Optional<String> failure(Rollout rollout, long serial) {
        boolean ended = rollout.stage() == Stage.FAILED || rollout.stage() == Stage.HALTED;
        return rollout.serial() == serial && ended ? Optional.of(rollout.why()) : TakeBack.reason(rollout, serial);
    }

    private boolean isAcknowledged(Rollout rollout, Instant now) {
        List<HostState> first = view.states(now).stream()
                .filter(HostState::connected)
                .filter(host -> StepMembers.isIn(rollout, host.host(), rollout.step()))
                .toList();
        return rollout.stage() == Stage.DONE
                || (!first.isEmpty() && first.stream().allMatch(host -> host.has(rollout.serial())));
    }
}
