package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.InstanceMode;
import java.util.List;
import java.util.Optional;

/**
 * Instances whose mode is another than before.
 *
 * @param before    empty for instances that are new
 * @param instances their names in the policy after, one at least
 */
public record ModeChange(Optional<InstanceMode> before, InstanceMode after, List<String> instances) {

    public ModeChange {
        instances = List.copyOf(instances);
    }

    /** {@code instance db-1: enforce -> observe: what its rules refuse is let in from now on}. */
    @Override
    public String toString() {
        return sentence(instances.size());
    }

    /** The same with the first few names. */
    String sentence(int mostNames) {
        boolean one = instances.size() == 1;
        String names = ChangeSentence.firstFew(instances, mostNames, ", ");
        return (one ? "instance " : "instances ") + names + ": "
                + before.map(InstanceMode::word).orElse("new") + " -> " + after.word() + ": what "
                + (one ? "its" : "their") + " rules refuse is " + (after.observes() ? "let in" : "refused")
                + " from now on";
    }
}
