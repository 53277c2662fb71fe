package io.secgroupd.controlplane.edit;

import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.EditResult.RefusalReason;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.intent.ImpossibleChangeException;
import io.secgroupd.controlplane.edit.intent.Intent;
import io.secgroupd.controlplane.edit.intent.Meaning;
import io.secgroupd.controlplane.edit.plan.Planner;
import io.secgroupd.controlplane.edit.text.NotEditableException;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lossless editor. Comments, order, style, line ends, a byte order mark and every byte that no change concerns stay as they
 * are. An edit goes where its element stands; new elements go to the first file. A comment goes with a removed element when
 * it stands behind it on its last line, or directly above it, in its own column and without an empty line between.
 *
 * <p>The editor keeps two accounts: it computes the wanted policy on the model, and the new text on the tree. Then it reads the
 * new text in the usual way; unless that says exactly what is wanted, nothing comes out.
 */
public final class Editor {

    private final PolicyFiles files;
    private final Policy before;
    private final List<IntendedChange> changes;
    private final Instant at;
    private final Consumer<Map<Path, byte[]>> contents;
    private final Policy wanted;

    private Editor(
            PolicyFiles files,
            Policy before,
            List<IntendedChange> changes,
            Instant at,
            Consumer<Map<Path, byte[]>> contents,
            Policy wanted) {
        this.files = files;
        this.before = before;
        this.changes = changes;
        this.at = at;
        this.contents = contents;
        this.wanted = wanted;
    }

    /**
     * Makes changes in the files of a policy, all of them or none.
     *
     * @param files   every file that the policy is read from, including the lists that it names
     * @param changes in order, each on what the ones before it have left
     * @param at      the instant for which the new files are checked
     */
    public static EditResult edit(PolicyFiles files, List<IntendedChange> changes, Instant at) {
        ReadResult before = PolicyReader.read(files);
        Optional<Policy> policy = EmptyFile.policy(files, before);
        if (policy.isEmpty()) {
            return problems(RefusalReason.BROKEN_BEFORE, before.errors());
        }
        return edit(files, policy.get(), changes, at, Optional.empty(), contents -> {});
    }

    /**
     * The same for one who has read the files already. If they say something else than the policy that is given, nothing comes
     * out, as after any other mistake.
     *
     * @param before   what the files say
     * @param at       the instant for which the new files are checked
     * @param earlier  one that may have been made for the same; whether it is right is found out as for any other
     * @param contents takes the new contents of the files that change before they are checked. They may be wrong, and then
     *                 others follow, or nothing comes out
     */
    public static EditResult edit(
            PolicyFiles files,
            Policy before,
            List<IntendedChange> changes,
            Instant at,
            Optional<Draft> earlier,
            Consumer<Map<Path, byte[]>> contents) {
        Policy wanted;
        try {
            wanted = Intent.of(before, changes);
        } catch (ImpossibleChangeException e) {
            return new EditRefused(RefusalReason.IMPOSSIBLE, Optional.empty(), e.reason(), List.of());
        }
        var edit = new Editor(files, before, changes, at, contents, wanted);
        return edit.quick(earlier.filter(draft -> draft.isFor(files, changes))).orElseGet(edit::whole);
    }

    /**
     * Makes and reads new contents of files whose own reading has not ended yet.
     *
     * @param similar what the files are thought to say: what they said before somebody edited them
     * @param at      the instant for which the new files are checked
     * @return empty when that is too far from the truth
     */
    public static Optional<Draft> draft(PolicyFiles files, Policy similar, List<IntendedChange> changes, Instant at) {
        try {
            return Optional.of(read(files, changes, at, Planner.changed(files, similar, changes, false)));
        } catch (RuntimeException e) {
            return Optional.empty(); // the places of what is edited have moved, or the files are broken
        }
    }

    private static Draft read(PolicyFiles files, List<IntendedChange> changes, Instant at, Map<Path, byte[]> changed) {
        ReadResult after = PolicyReader.read(files.with(changed));
        return new Draft(files, changes, changed, after, PolicyPipeline.check(files.first(), after, at));
    }

    /** Looks only at the parts of the text that seem to matter. Unless that gives exactly what is wanted, it gives nothing. */
    private Optional<EditResult> quick(Optional<Draft> earlier) {
        try {
            return Optional.of(earlier.isPresent() ? verified(earlier.get()) : verified(planned(false)))
                    .filter(Edited.class::isInstance);
        } catch (RuntimeException e) {
            return Optional.empty(); // the part may make no sense by itself, and the whole has the reason
        }
    }

    private EditResult whole() {
        try {
            return verified(planned(true));
        } catch (NotEditableException e) {
            return new EditRefused(RefusalReason.NOT_EDITABLE, e.at(), e.reason(), List.of());
        }
    }

    private Draft planned(boolean all) {
        Map<Path, byte[]> changed = Planner.changed(EmptyFile.begun(files), before, changes, all);
        contents.accept(changed);
        return read(files, changes, at, changed);
    }

    private EditResult verified(Draft draft) {
        ReadResult after = draft.read();
        Checked checked = draft.checked();
        if (checked.sound().isEmpty()) {
            List<Problem> errors =
                    checked.problems().stream().filter(Problem::isError).toList();
            return problems(RefusalReason.UNSOUND, errors);
        }
        Optional<String> other = after.policy().flatMap(found -> Meaning.difference(wanted, found));
        return other.<EditResult>map(Editor::otherMeaning)
                .orElseGet(
                        () -> new Edited(draft.changed(), after, checked.sound().get()));
    }

    private static EditResult problems(RefusalReason reason, List<Problem> errors) {
        Problem first = errors.get(0);
        String path = first.path().isEmpty() ? "" : first.path() + ": ";
        return new EditRefused(reason, Optional.of(first.at()), path + first.message(), errors);
    }

    private static EditResult otherMeaning(String element) {
        return new EditRefused(
                RefusalReason.OTHER_MEANING,
                Optional.empty(),
                "the change of the text would give " + element
                        + " another meaning than asked for; edit the file by hand",
                List.of());
    }
}
