package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import java.time.Instant;

/** Puts together what is known of a host from what it tells and from where it is connected. */
final class HostStates {

    private HostStates() {}

    /** The state after a report. */
    static HostState after(HostState before, HostReport report, Instant now) {
        boolean inForce = report.result() == HostReport.Result.IN_FORCE;
        boolean again = inForce && report.serial() == before.inForce();
        return new HostState(
                before.host(),
                inForce ? report.serial() : before.inForce(),
                inForce ? before.refused() : report.serial(),
                inForce ? before.problem() : report.problem(),
                inForce ? before.takenBack() : report.result() == HostReport.Result.TAKEN_BACK,
                inForce ? report.refusedBefore() : before.refusedBefore(),
                inForce ? report.refusedAfter() : before.refusedAfter(),
                again ? before.changed() : now,
                before.joined(),
                now,
                before.connected(),
                before.server(),
                report.program());
    }

    /** The state with where the host is, and when it was heard of. */
    static HostState with(HostState told, Presence presence, boolean connected, Instant seen) {
        return new HostState(
                told.host(),
                told.inForce(),
                told.refused(),
                told.problem(),
                told.takenBack(),
                told.refusedBefore(),
                told.refusedAfter(),
                told.changed(),
                presence.joined(),
                seen,
                connected,
                presence.server(),
                told.program());
    }
}
