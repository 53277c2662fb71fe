package io.secgroupd.controlplane.console.view;

import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.edit.EmptyFile;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.model.Policy;
import java.io.IOException;
import java.util.Optional;

/**
 * The policy that the console speaks of: that of the newest revision, or the newest sound one when somebody has broken the files.
 *
 * @param newest   the newest revision
 * @param revision the one that has the policy; empty when none that is remembered is sound
 */
public record ShownPolicy(Revision newest, Optional<Revision> revision) {

    /**
     * The policy of a store.
     *
     * @throws IOException with a sentence for people
     */
    public static ShownPolicy of(PolicyStore store) throws IOException {
        Revision newest = store.current();
        boolean sound = newest.read().policy().isPresent();
        return new ShownPolicy(newest, sound ? Optional.of(newest) : store.newestSound());
    }

    /** What it says; nothing at all where nobody has begun to write one. */
    public Optional<Policy> policy() {
        return revision.isPresent() ? revision.get().read().policy() : EmptyFile.policy(newest.files(), newest.read());
    }

    /** Whether nobody has begun to write one: the file is empty, and no earlier one was sound. */
    public boolean isUnbegun() {
        return revision.isEmpty() && policy().isPresent();
    }

    /** Names places in its files. */
    public FilePlaces places() {
        return new FilePlaces(revision.orElse(newest).files());
    }

    /** What a page is told that asks about a policy when there is none. */
    public static ApiReply nothing() {
        return ApiReply.refused(503, "There is no sound policy; the problems of the files say why.");
    }
}
