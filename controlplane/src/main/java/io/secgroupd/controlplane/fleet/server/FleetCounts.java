package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.fleet.rollout.StepMembers;
import io.secgroupd.controlplane.fleet.server.FleetView.KnownRollout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The fleet in numbers.
 *
 * @param hosts     that are enrolled
 * @param connected of them
 * @param behind    those that do not have the revision which they are to have
 * @param refused   of these, those that have refused it
 * @param faults    hosts that have told of a control server that is not sound, within a day
 * @param failed    whether the last roll-out has failed
 */
public record FleetCounts(long hosts, long connected, long behind, long refused, long faults, boolean failed) {

    static FleetCounts of(FleetView view, Instant now) {
        List<HostState> hosts = view.states(now);
        Optional<Rollout> rollout = view.rollout().map(KnownRollout::rollout);
        long connected = hosts.stream().filter(HostState::connected).count();
        long faults = view.faults(now).size();
        if (rollout.isEmpty()) {
            return new FleetCounts(hosts.size(), connected, 0, 0, faults, false);
        }
        List<HostState> behind =
                hosts.stream().filter(host -> isBehind(rollout.get(), host)).toList();
        long refused = behind.stream()
                .filter(host -> host.hasRefused(StepMembers.serialFor(rollout.get(), host.host())))
                .count();
        boolean failed = rollout.get().stage() == Stage.FAILED;
        return new FleetCounts(hosts.size(), connected, behind.size(), refused, faults, failed);
    }

    private static boolean isBehind(Rollout rollout, HostState host) {
        return !host.has(StepMembers.serialFor(rollout, host.host()), rollout.editionNumber());
    }
}
