package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.ListVersions;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest policy that is sound, which is what hosts judge by. While the files have errors, or their own tests fail, it stays
 * what it was. Safe for use by several threads.
 */
final class SoundRevision {

    private final PolicyStore store;
    private @Nullable Base sound;
    private @Nullable Revision unsound;
    private String fault = "";

    SoundRevision(PolicyStore store) {
        this.store = store;
    }

    /** A revision with what it says. */
    record Base(Revision revision, PolicyState state) {}

    /**
     * What operations that only read see.
     *
     * @throws AwsRefusal when no sound revision is remembered
     */
    synchronized PolicyState state() throws IOException {
        look(store.current());
        if (sound == null) {
            store.newestSound().ifPresent(this::adopt);
        }
        if (sound == null) {
            throw ApiRefusals.notPermitted(fault);
        }
        return sound.state();
    }

    /**
     * What a change starts from: the newest revision, which must be sound.
     *
     * @throws AwsRefusal when it is not
     */
    synchronized Base base() throws IOException {
        Revision newest = store.current();
        look(newest);
        Base base = sound;
        if (base == null || !base.revision().hash().equals(newest.hash())) {
            throw ApiRefusals.notPermitted(fault);
        }
        return base;
    }

    /** Takes a revision that is known to be sound, because it was checked before it was written. */
    synchronized void adopt(Revision revision) {
        Policy policy = revision.read().policy().orElseThrow();
        PolicyState before = sound != null ? sound.state() : new PolicyState(policy, ListVersions.NONE);
        sound = new Base(revision, before.with(policy));
    }

    /** Begins to read what changes will make of files that were edited and are not read yet. */
    DraftAhead ahead(Function<PolicyState, List<IntendedChange>> planner) {
        Optional<PolicyState> before;
        synchronized (this) {
            before = Optional.ofNullable(sound).map(Base::state);
        }
        return DraftAhead.begin(store.unread(), before, planner);
    }

    /** What was adopted last, whatever the files say by now. */
    synchronized PolicyState known() {
        return Objects.requireNonNull(sound, "something was adopted").state();
    }

    private void look(Revision newest) {
        if (isKnown(sound != null ? sound.revision() : null, newest) || isKnown(unsound, newest)) {
            return;
        }
        Checked checked = PolicyPipeline.check(newest.files().first(), newest.read(), Instant.now());
        if (checked.sound().isPresent()) {
            adopt(newest);
            return;
        }
        unsound = newest;
        Problem first =
                checked.problems().stream().filter(Problem::isError).findFirst().orElseThrow();
        fault = "The rules file has errors, and only a hand can edit it until they are mended: " + first;
    }

    private static boolean isKnown(@Nullable Revision known, Revision newest) {
        return known != null && known.hash().equals(newest.hash());
    }
}
