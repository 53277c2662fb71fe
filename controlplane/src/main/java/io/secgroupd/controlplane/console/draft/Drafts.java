package io.secgroupd.controlplane.console.draft;

import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.edit.EditResult;
import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.Editor;
import io.secgroupd.controlplane.edit.EmptyFile;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.model.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries changes on the newest revision, and writes nothing. */
public final class Drafts {

    private final PolicyStore store;

    /** Tries them on the policy of a store. */
    public Drafts(PolicyStore store) {
        this.store = store;
    }

    /** Tries what a page has sent in the fields {@code base} and {@code changes}. */
    public DraftResult evaluate(JsonObject body) throws IOException {
        return evaluate(body.text("base"), body.objects("changes"));
    }

    /**
     * Tries changes.
     *
     * @param base the hash of the revision that the page has planned them on
     * @throws io.secgroupd.controlplane.console.api.BadCallException when a change makes no sense
     * @throws IOException when the store cannot be asked
     */
    public DraftResult evaluate(String base, List<JsonObject> asked) throws IOException {
        Revision newest = store.current();
        boolean stale = !newest.hash().equals(base);
        Optional<Policy> before = EmptyFile.policy(newest.files(), newest.read());
        if (before.isEmpty()) {
            List<DraftProblem> errors =
                    newest.read().errors().stream().map(DraftProblem::of).toList();
            return new DraftResult(newest, before, stale, List.of(), errors, Optional.empty());
        }
        Changes changes = Changes.read(before.get(), asked);
        var problems = new ArrayList<>(changes.problems());
        Optional<Edited> edited =
                problems.isEmpty() ? edited(newest, before.get(), changes, problems) : Optional.empty();
        return new DraftResult(newest, before, stale, changes.all(), problems, edited);
    }

    private static Optional<Edited> edited(
            Revision newest, Policy before, Changes changes, List<DraftProblem> problems) {
        EditResult result =
                Editor.edit(newest.files(), before, changes.all(), Instant.now(), Optional.empty(), contents -> {});
        if (result instanceof EditRefused refused) {
            refused.problems().forEach(problem -> problems.add(DraftProblem.of(problem)));
            if (refused.problems().isEmpty()) {
                problems.add(DraftProblem.of(refused.toString()));
            }
            return Optional.empty();
        }
        var edited = (Edited) result;
        edited.policy().warnings().forEach(warning -> problems.add(DraftProblem.of(warning)));
        return Optional.of(edited);
    }
}
