package io.secgroupd.rules.analyze;

import io.secgroupd.rules.compile.CompiledPolicy;
import java.util.List;

/**
 * What another policy means: which instances only observe, what it promises of all flows, when its rules end, and what its
 * rules say to flows of today.
 *
 * @param modes      instances that observe and did not before, and the other way round
 * @param invariants those of the policy before come first
 * @param ends       sentences about rules that expire at another instant than before
 * @param changes    by instance
 */
public record PolicyDiff(
        List<ModeChange> modes, List<InvariantChange> invariants, List<String> ends, List<InstanceChange> changes) {

    public PolicyDiff {
        modes = List.copyOf(modes);
        invariants = List.copyOf(invariants);
        ends = List.copyOf(ends);
        changes = List.copyOf(changes);
    }

    /** Compares two policies exactly. */
    public static PolicyDiff between(CompiledPolicy before, CompiledPolicy after) {
        return new PolicyDiff(
                ModeChanges.between(before, after),
                InvariantChanges.between(before.policy(), after.policy()),
                ExpiryChanges.between(before.policy(), after.policy()),
                SemanticDiff.between(before, after));
    }

    /** Reports whether both mean the same. */
    public boolean isEmpty() {
        return modes.isEmpty() && invariants.isEmpty() && ends.isEmpty() && changes.isEmpty();
    }
}
