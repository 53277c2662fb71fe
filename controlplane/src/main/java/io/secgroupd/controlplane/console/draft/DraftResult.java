package io.secgroupd.controlplane.console.draft;

import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.model.Policy;
import java.util.List;
import java.util.Optional;

/**
 * What comes of a draft.
 *
 * @param revision the newest, which it was tried on
 * @param before   what that says
 * @param stale    whether the page has planned on another one
 * @param changes  those that make sense
 * @param edited   the files as they would be; empty when there is any error
 */
public record DraftResult(
        Revision revision,
        Optional<Policy> before,
        boolean stale,
        List<IntendedChange> changes,
        List<DraftProblem> problems,
        Optional<Edited> edited) {

    public DraftResult {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }
}
