package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.ReloadOutcome;
import io.secgroupd.daemon.admin.ShadowApi;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.RefusedPolicyException;
import io.secgroupd.daemon.shadow.ShadowCandidate;
import io.secgroupd.daemon.shadow.ShadowEnd;
import io.secgroupd.daemon.shadow.ShadowKeeper;
import io.secgroupd.daemon.shadow.ShadowReport;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an operator asks about the candidate that is judged beside the policy in force, from its begin to its end. */
final class ShadowLane implements ShadowApi {

    private static final String NONE =
            "no candidate is judged beside the policy in force; begin with secgroupd shadow FILE";

    private final ShadowedPolicy shadowed;
    private final DaemonChanges changes;

    ShadowLane(ShadowedPolicy shadowed, DaemonChanges changes) {
        this.shadowed = shadowed;
        this.changes = changes;
    }

    private ControlPlane control() {
        return changes.control();
    }

    private ShadowKeeper keeper() {
        return shadowed.keeper();
    }

    @Override
    public Optional<ShadowReport> report() {
        return keeper().report();
    }

    @Override
    public ShadowOutcome begin(ShadowRequest request) {
        byte[] content = bytes(request.content());
        try {
            HostPolicy policy = control()
                    .read(new PolicyText(request.name(), content, control().rules()));
            Optional<String> objection = objection(policy);
            return objection.isPresent()
                    ? refused(objection.get(), List.of())
                    : begin(request, policy, FrozenFiles.of(control().rules(), content, policy));
        } catch (RefusedPolicyException e) {
            return refused(String.valueOf(e.getMessage()), e.problemTexts());
        } catch (NotCarriedException e) {
            return refused(String.valueOf(e.getMessage()), List.of());
        } catch (IOException e) {
            return refused("the candidate cannot be stored: " + e.getMessage(), List.of());
        }
    }

    private Optional<String> objection(HostPolicy policy) {
        Optional<ShadowCandidate> other = report().map(ShadowReport::candidate);
        if (other.isPresent()) {
            return Optional.of((other.get().hash().equals(policy.hash())
                            ? "this candidate"
                            : "another candidate, " + other.get().name() + ",")
                    + " is judged since " + other.get().began()
                    + "; to begin anew, end it first: secgroupd shadow drop");
        }
        return policy.hash().equals(changes.running().inForce().policy().hash())
                ? Optional.of("the file says what is in force")
                : Optional.empty();
    }

    private ShadowOutcome begin(ShadowRequest request, HostPolicy policy, PolicyFiles files) throws IOException {
        Instant now = keeper().now().truncatedTo(ChronoUnit.SECONDS); // as people read it
        var candidate = new ShadowCandidate(
                policy.hash(),
                request.name(),
                request.by().orElse(""),
                now,
                now.plus(request.time()),
                FileContent.hash(control().rules()));
        shadowed.begin(candidate, policy, files);
        return new ShadowOutcome(
                true,
                policy.hash(),
                "the candidate " + candidate.shortHash() + " is judged beside the policy in force until "
                        + candidate.ends() + ", and changes no verdict; see secgroupd shadow status",
                policy.warnings().stream().map(Object::toString).toList());
    }

    @Override
    public ShadowOutcome accept(Set<String> ids) {
        Optional<ShadowReport> known = report();
        Optional<String> objection = known.isEmpty() ? Optional.of(NONE) : unknown(known.get(), ids);
        if (objection.isPresent()) {
            return refused(objection.get(), List.of());
        }
        keeper().accept(ids);
        int left = report().map(now -> now.unaccepted().size()).orElse(0);
        return outcome(known, left == 0 ? "every difference is accepted" : left + " more are not accepted");
    }

    private static Optional<String> unknown(ShadowReport report, Set<String> ids) {
        List<String> unknown = report.unknown(ids);
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("no difference is called " + String.join(", ", unknown)
                        + "; secgroupd shadow status has their names");
    }

    @Override
    public ReloadOutcome promote(PromoteRequest request) {
        Optional<ShadowReport> known = report();
        if (known.isEmpty()) {
            return changes.outcome(false, NONE, List.of());
        }
        Optional<String> unknown = unknown(known.get(), request.accept());
        if (unknown.isPresent()) {
            return refused(unknown.get());
        }
        keeper().accept(request.accept());
        try {
            return promote(request, report().orElse(known.get()));
        } catch (IOException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private ReloadOutcome promote(PromoteRequest request, ShadowReport report) throws IOException {
        Path rules = control().rules();
        var promotion = new Promotion(report, keeper().files(FrozenFiles.absolute(rules)), rules);
        Optional<String> objection = promotion.objection(request, keeper().now());
        return objection.isPresent() ? refused(objection.get()) : changes.apply(promotion.trial(request.trial()));
    }

    private ReloadOutcome refused(String why) {
        return changes.outcome(false, "refused: " + why, List.of());
    }

    @Override
    public ShadowOutcome drop() {
        Optional<ShadowReport> known = report();
        if (known.isEmpty()) {
            return refused(NONE, List.of());
        }
        shadowed.end(ShadowEnd.DROPPED, "it was asked for");
        return outcome(known, "the candidate " + known.get().candidate().shortHash() + " is no longer judged");
    }

    private static ShadowOutcome refused(String why, List<String> problems) {
        return new ShadowOutcome(false, "", "refused: " + why, problems);
    }

    private static ShadowOutcome outcome(Optional<ShadowReport> report, String sentence) {
        return new ShadowOutcome(
                true, report.map(known -> known.candidate().hash()).orElse(""), sentence, List.of());
    }

    private static byte[] bytes(ByteBuffer content) {
        var bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
