package io.secgroupd.controlplane.console.draft;

import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.intent.ImpossibleChangeException;
import io.secgroupd.controlplane.edit.intent.Intent;
import io.secgroupd.rules.model.Policy;
import java.util.List;
import java.util.Optional;

/** What a policy would be after the changes that have been read so far. */
final class DraftState {

    private Policy policy;

    DraftState(Policy before) {
        this.policy = before;
    }

    Policy policy() {
        return policy;
    }

    /** Makes a change; gives a sentence when that is impossible. */
    Optional<String> take(IntendedChange change) {
        try {
            policy = Intent.of(policy, List.of(change));
            return Optional.empty();
        } catch (ImpossibleChangeException e) {
            return Optional.of(e.reason());
        }
    }
}
