package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.shadow.DecidedBy;
import io.secgroupd.daemon.shadow.Difference;
import io.secgroupd.daemon.shadow.DifferenceKind;
import io.secgroupd.daemon.shadow.ShadowCandidate;
import io.secgroupd.daemon.shadow.ShadowReport;
import io.secgroupd.daemon.shadow.ShadowTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** No candidate; or one that was judged for two days, refuses port 80 and allows port 81. */
final class FakeShadow implements ShadowApi {

    static final Difference REFUSED = new Difference(
            DifferenceKind.NEWLY_REFUSED,
            "tcp",
            "80",
            new DecidedBy("ingress", "web", "rule", "sg-web", "sgr-1", "rules.yaml:5", "tcp 80 from any"),
            new DecidedBy(
                    "ingress",
                    "web",
                    "no-matching-rule",
                    "",
                    "",
                    "new.yaml:6",
                    "nearest sgr-2 sg-web tcp 81 from any: port differs"),
            "198.51.100.7",
            "10.0.1.10",
            1200,
            FakeDaemon.NOW.minus(Duration.ofDays(1)),
            FakeDaemon.NOW.minusSeconds(60));

    static final Difference ALLOWED = new Difference(
            DifferenceKind.NEWLY_ALLOWED,
            "tcp",
            "81",
            new DecidedBy("ingress", "web", "no-matching-rule", "", "", "", ""),
            new DecidedBy("ingress", "web", "rule", "sg-web", "sgr-2", "new.yaml:6", "tcp 81 from any"),
            "198.51.100.8",
            "10.0.1.10",
            1,
            FakeDaemon.NOW.minusSeconds(30),
            FakeDaemon.NOW.minusSeconds(30));

    boolean judged;
    Set<String> accepted = Set.of();
    final List<String> asked = new ArrayList<>();

    @Override
    public Optional<ShadowReport> report() {
        Instant began = FakeDaemon.NOW.minus(Duration.ofDays(2));
        var candidate = new ShadowCandidate(
                "fedcba9876543210", "new.yaml", "ada", began, began.plus(Duration.ofDays(14)), "abc");
        return judged
                ? Optional.of(
                        new ShadowReport(candidate, new ShadowTotals(12_345, 0, List.of(REFUSED, ALLOWED)), accepted))
                : Optional.empty();
    }

    @Override
    public ShadowOutcome begin(ShadowRequest request) {
        return told("begin " + request.name() + " " + request.time() + " "
                + request.by().orElse("nobody"));
    }

    @Override
    public ShadowOutcome accept(Set<String> ids) {
        return told("accept " + new TreeSet<>(ids));
    }

    @Override
    public ReloadOutcome promote(PromoteRequest request) {
        told("promote " + request.trial().time() + " "
                + request.quiet().map(Duration::toString).orElse("at once") + " " + new TreeSet<>(request.accept())
                + " " + request.overEdit());
        return new ReloadOutcome(true, 7, "fedcba9876543210", "generation 7 is in force", List.of());
    }

    @Override
    public ShadowOutcome drop() {
        return told("drop");
    }

    private ShadowOutcome told(String words) {
        asked.add(words);
        return new ShadowOutcome(
                judged, "fedcba9876543210", words, judged ? List.of() : List.of("new.yaml:1:1: error"));
    }
}
