package io.secgroupd.rules.analyze;

import io.secgroupd.rules.compile.CompiledPolicy;
import java.util.List;

/**
 * What another policy means: what it promises of all flows, and what it does with flows of today.
 *
 * @param invariants those of the policy before come first
 * @param changes    by instance
 */
public record PolicyDiff(List<InvariantChange> invariants, List<InstanceChange> changes) {

    public PolicyDiff {
        invariants = List.copyOf(invariants);
        changes = List.copyOf(changes);
    }

    /** Compares two policies exactly. */
    public static PolicyDiff between(CompiledPolicy before, CompiledPolicy after) {
        return new PolicyDiff(
                InvariantChanges.between(before.policy(), after.policy()), SemanticDiff.between(before, after));
    }

    /** Reports whether both mean the same. */
    public boolean isEmpty() {
        return invariants.isEmpty() && changes.isEmpty();
    }
}
