package io.secgroupd.daemon.shadow;

import java.util.List;
import java.util.Set;

/**
 * What is known about the candidate.
 *
 * @param accepted the ids of the differences that an operator has accepted
 */
public record ShadowReport(ShadowCandidate candidate, ShadowTotals totals, Set<String> accepted) {

    public ShadowReport {
        accepted = Set.copyOf(accepted);
    }

    /** Reports whether an operator has accepted a difference. */
    public boolean isAccepted(Difference difference) {
        return accepted.contains(difference.id());
    }

    /** The differences that nobody has accepted. */
    public List<Difference> unaccepted() {
        return totals.differences().stream()
                .filter(difference -> !isAccepted(difference))
                .toList();
    }

    /** Those of some ids that are no difference of this candidate. */
    public List<String> unknown(Set<String> ids) {
        return ids.stream()
                .filter(id -> totals.differences().stream()
                        .noneMatch(difference -> difference.id().equals(id)))
                .sorted()
                .toList();
    }
}
