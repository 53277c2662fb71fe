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
        // Its first minute is that of the revision, whichever edition it comes to meanwhile.
        boolean edited = again && report.edition() > before.edition();
        return new HostState(
                before.host(),
                inForce ? report.serial() : before.inForce(),
                edition(before, report),
                inForce ? before.refused() : report.serial(),
                inForce ? before.refusedEdition() : report.edition(),
                inForce ? before.problem() : report.problem(),
                inForce ? before.takenBack() : report.result() == HostReport.Result.TAKEN_BACK,
                inForce && !edited ? report.refusedBefore() : before.refusedBefore(),
                inForce && !edited ? report.refusedAfter() : before.refusedAfter(),
                again ? before.changed() : now,
                before.joined(),
                now,
                before.connected(),
                before.server(),
                report.program());
    }

    /** What is told of a first minute names the edition with which that began. */
    private static long edition(HostState before, HostReport report) {
        if (report.result() != HostReport.Result.IN_FORCE) {
            return before.edition();
        }
        return report.serial() == before.inForce() ? Math.max(before.edition(), report.edition()) : report.edition();
    }

    /** The state with where the host is, and when it was heard of. */
    static HostState with(HostState told, Presence presence, boolean connected, Instant seen) {
        return new HostState(
                told.host(),
                told.inForce(),
                told.edition(),
                told.refused(),
                told.refusedEdition(),
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
