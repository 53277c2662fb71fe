package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.edit.Draft;
import io.secgroupd.controlplane.edit.Editor;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.rules.file.PolicyFiles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Reads what will become of files that somebody has just edited, while the files themselves are being read: each takes as long
 * as the other, and before both have ended one after the other, a busy editor may have saved again.
 */
final class DraftAhead {

    private static final DraftAhead NONE = new DraftAhead(new FutureTask<>(Optional::empty));

    static {
        NONE.task.run();
    }

    private final FutureTask<Optional<Draft>> task;

    private DraftAhead(FutureTask<Optional<Draft>> task) {
        this.task = task;
    }

    /**
     * Begins, unless nothing was edited.
     *
     * @param edited  the files that are being read
     * @param before  what they said before the edit
     * @param planner the changes that are to be made
     */
    static DraftAhead begin(
            Optional<PolicyFiles> edited,
            Optional<PolicyState> before,
            Function<PolicyState, List<IntendedChange>> planner) {
        if (edited.isEmpty() || before.isEmpty()) {
            return NONE;
        }
        List<IntendedChange> changes;
        try {
            changes = planner.apply(before.get());
        } catch (AwsRefusal e) {
            return NONE; // whether it stays a refusal is found out when the files have been read
        }
        var ahead = new DraftAhead(
                new FutureTask<>(() -> Editor.draft(edited.get(), before.get().policy(), changes, Instant.now())));
        var thread = new Thread(ahead.task, "draft");
        thread.setDaemon(true);
        thread.start();
        return ahead;
    }

    /** Waits for the draft; empty when there is none. */
    Optional<Draft> get() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.empty(); // then it is made when it is needed
        }
    }
}
