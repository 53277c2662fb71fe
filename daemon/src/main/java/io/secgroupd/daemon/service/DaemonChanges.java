package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.admin.HoldOutcome;
import io.secgroupd.daemon.admin.ReloadOutcome;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.util.List;
import java.util.Optional;

/** The changes that root may ask of the running daemon: read the rules file; try, confirm or end a candidate. */
record DaemonChanges(DaemonSettings settings, RunningPolicy running, ControlPlane control, Candidates candidates) {

    private static final String CANNOT_CUT =
            "refused: with these settings the kernel cannot know which connections were cut; set "
                    + "established: cut and mode: enforce in daemon.yaml and restart, or leave --existing cut out";

    private static final String FLEET_TRIES =
            "a revision of the control server is being tried, and is confirmed or ends"
                    + " within a minute; try again then, or end it first, with secgroupd rollback";

    ReloadOutcome reload() {
        if (control.trial().isPresent()) {
            return outcome(
                    false, "a candidate is being tried; end it first, with secgroupd confirm or rollback", List.of());
        }
        return control.reloadNow()
                .map(no -> outcome(false, "refused: " + no.why(), no.problemTexts()))
                .orElseGet(() -> outcome(true, "", List.of()));
    }

    ReloadOutcome apply(ApplyRequest request) {
        if (request.existing().equals(Optional.of("cut")) && !SettingsMapping.cuts(settings)) {
            return outcome(false, CANNOT_CUT, List.of());
        }
        if (control.trial().filter(trial -> trial.asked().fleet()).isPresent()) {
            return outcome(false, FLEET_TRIES, List.of());
        }
        return candidates
                .start(request)
                .map(no -> outcome(false, "refused: " + no.why(), no.problems()))
                .orElseGet(() -> outcome(true, "", List.of()));
    }

    HoldOutcome hold(Optional<String> hash, Optional<String> by) {
        try {
            return new HoldOutcome(Optional.of(candidates.hold(hash, by)), outcome(true, "", List.of()));
        } catch (Candidates.NotHeldException e) {
            return new HoldOutcome(Optional.empty(), outcome(false, String.valueOf(e.getMessage()), List.of()));
        }
    }

    ReloadOutcome confirm(String hash) {
        return control.confirm(hash)
                .map(no -> outcome(false, no, List.of()))
                .orElseGet(() -> outcome(true, "", List.of()));
    }

    ReloadOutcome rollback() {
        return control.rollBack()
                ? outcome(true, "", List.of())
                : outcome(false, "no candidate is being tried", List.of());
    }

    ReloadOutcome outcome(boolean done, String why, List<String> problems) {
        RunningPolicy.Generation inForce = running.inForce();
        return new ReloadOutcome(
                done,
                inForce.generation(),
                inForce.policy().hash(),
                done ? sentence(inForce) : why + "; generation " + inForce.generation() + " stays in force",
                problems);
    }

    private static String sentence(RunningPolicy.Generation inForce) {
        return "generation " + inForce.generation() + " is in force, hash "
                + inForce.policy().shortHash()
                + (inForce.change().isEmpty() ? "" : "; what it changed: " + inForce.change());
    }
}
