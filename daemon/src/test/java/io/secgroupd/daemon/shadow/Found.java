package io.secgroupd.daemon.shadow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Candidates and differences for tests. */
final class Found {

    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Found() {}

    static ShadowCandidate candidate() {
        return new ShadowCandidate("0123456789abcdef", "new.yaml", "ada", NOON, NOON.plus(Duration.ofDays(14)), "abc");
    }

    /** A difference at a port, met so often. */
    static Difference refused(int port, long count, Instant last) {
        return new Difference(
                DifferenceKind.NEWLY_REFUSED,
                "tcp",
                Integer.toString(port),
                new DecidedBy("ingress", "web", "rule", "sg-web", "sgr-1", "rules.yaml:5", "tcp 80 from any"),
                new DecidedBy("ingress", "web", "no-matching-rule", "", "", "new.yaml:6", "nearest \"sgr-2\""),
                "198.51.100.7",
                "10.0.0.1",
                count,
                NOON,
                last);
    }

    static ShadowTotals totals(Difference... differences) {
        return new ShadowTotals(100, 0, List.of(differences));
    }
}
