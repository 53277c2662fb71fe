package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.StepMembers;
import io.secgroupd.controlplane.store.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a fleet at a time.
 *
 * @param newest  the newest revision
 * @param rollout the one that is under way, or the last one
 * @param hosts   all that are enrolled, by name
 * @param faults  what hosts have told of control servers within a day, by the name of the host
 */
public record FleetStatus(
        Instant at, Revision newest, Optional<Rollout> rollout, List<HostState> hosts, Map<String, ToldFault> faults) {

    public FleetStatus {
        hosts = List.copyOf(hosts);
        faults = Map.copyOf(faults);
    }

    /** The serial that a host is to have now; 0 for none. */
    public long serialFor(HostState host) {
        return rollout.map(known -> StepMembers.serialFor(known, host.host())).orElse(0L);
    }

    /** What a host has told of a control server that is not sound. */
    public Optional<ToldFault> fault(HostState host) {
        return Optional.ofNullable(faults.get(host.host()));
    }

    /** Whether a host does not have what it is to have. */
    public boolean isBehind(HostState host) {
        return !host.has(serialFor(host), rollout.map(Rollout::editionNumber).orElse(0L));
    }

    /** Whether a host has refused what it is to have, or tried it and taken it back. */
    public boolean hasRefused(HostState host) {
        return host.hasRefused(serialFor(host));
    }
}
