package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.FleetApi;
import io.secgroupd.daemon.admin.GuardRequest;
import io.secgroupd.daemon.admin.ReloadOutcome;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.RefusedPolicyException;
import io.secgroupd.daemon.control.Trial;
import io.secgroupd.daemon.control.Trial.TrialRequest;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tries the revisions that {@code secgroupd pull} brings from its control server. A revision is read from memory, so that
 * nothing half written is ever read; {@code pull} writes the files once it has seen that the control server can still be
 * reached. Requests come one after the other.
 */
record FleetTrials(DaemonChanges changes, ChangeGuard guard) implements FleetApi {

    /** Who begins these trials, as the status names it. */
    private static final String FLEET = "fleet";

    private static final String OF_AN_OPERATOR =
            "an operator is trying a candidate on this host; try again when that is confirmed or has ended";

    private ControlPlane control() {
        return changes.control();
    }

    @Override
    public ReloadOutcome tryOut(GuardRequest revision, Duration time) {
        Optional<String> notReady = notReady(revision);
        if (notReady.isPresent()) {
            return refused(notReady.get(), List.of());
        }
        try {
            HostPolicy policy = control().read(files(revision));
            Optional<String> objection = objection(policy, revision);
            return objection.isPresent() ? refused(objection.get(), List.of()) : begin(policy, time);
        } catch (RefusedPolicyException e) {
            return refused(String.valueOf(e.getMessage()), e.problemTexts());
        } catch (NotCarriedException e) {
            return refused(String.valueOf(e.getMessage()), List.of());
        } catch (IOException e) {
            return refused("it is not known who is connected to this host: " + e.getMessage(), List.of());
        }
    }

    private Optional<String> notReady(GuardRequest revision) {
        Optional<String> operators = ofAnOperator();
        return operators.isPresent() ? operators : guard.elsewhere(revision.rules());
    }

    /** Under the paths that the files will have: the rules may be named relative to where the daemon was started. */
    private static PolicyFiles files(GuardRequest revision) {
        return new PolicyFiles(absolute(revision.rules()), revision.files());
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private Optional<String> objection(HostPolicy policy, GuardRequest revision) throws IOException {
        if (!policy.hash().equals(revision.after())) {
            return Optional.of("the files are another policy than the one that is meant");
        }
        String inForce = changes.running().inForce().policy().hash();
        return inForce.equals(revision.before())
                ? guard.lockedOut(policy, revision.client())
                : Optional.of("what is in force on this host has changed meanwhile");
    }

    private ReloadOutcome begin(HostPolicy policy, Duration time) {
        Path rules = control().rules();
        control()
                .tryOut(
                        policy,
                        new TrialRequest(
                                rules, Optional.of(FLEET), FileContent.hash(rules), Optional.empty(), time, true));
        return done();
    }

    @Override
    public ReloadOutcome hold(String hash) {
        Optional<String> operators = ofAnOperator();
        return outcome(operators.isPresent() ? operators : control().hold(hash, Candidates.TIME_TO_WRITE));
    }

    @Override
    public ReloadOutcome confirm(String hash) {
        Optional<String> operators = ofAnOperator();
        return outcome(operators.isPresent() ? operators : control().confirm(hash));
    }

    @Override
    public ReloadOutcome rollBack(String hash) {
        Optional<Trial> own = control()
                .trial()
                .filter(trial -> trial.asked().fleet() && trial.hash().equals(hash));
        return own.isPresent() && control().rollBack()
                ? done()
                : outcome(Optional.of(ofAnOperator().orElse("this revision is not being tried")));
    }

    private Optional<String> ofAnOperator() {
        return control().trial().filter(trial -> !trial.asked().fleet()).map(trial -> OF_AN_OPERATOR);
    }

    private ReloadOutcome refused(String why, List<String> problems) {
        return changes.outcome(false, "refused: " + why, problems);
    }

    private ReloadOutcome outcome(Optional<String> not) {
        return not.map(why -> changes.outcome(false, why, List.of())).orElseGet(this::done);
    }

    private ReloadOutcome done() {
        return changes.outcome(true, "", List.of());
    }
}
