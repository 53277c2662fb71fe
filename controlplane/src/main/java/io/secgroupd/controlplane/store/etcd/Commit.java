package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.StoreFailedException;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a revision the newest, at most once, and finds out whether that was done when no answer came.
 *
 * <p>A write without an answer may still be made after one has looked for it in vain, as a member may have it in a queue. So the
 * newest revision is first written again as it is: after that, a write that was planned on it before can never be made any more.
 */
final class Commit {

    private final Connection etcd;
    private final Revisions revisions;
    private final Sweep sweep;

    Commit(Connection etcd, Revisions revisions, Sweep sweep) {
        this.etcd = etcd;
        this.revisions = revisions;
        this.sweep = sweep;
    }

    /**
     * Makes a revision the one after {@code before}.
     *
     * @param contents which may not be kept yet
     * @return the revision of etcd in which it was made; empty when it was not, and never will be
     * @throws IOException with a sentence for the operator
     */
    OptionalLong make(Kept kept, Collection<byte[]> contents, Head before, Deadline deadline) throws IOException {
        byte[] bytes = kept.toBytes();
        long swept = sweep.last(deadline);
        revisions.pieces().keep(contents);
        var change = new Change()
                .onlyIf(Keys.HEAD, before.modified())
                .onlyIf(Keys.SWEPT, swept)
                .put(Keys.HEAD, Head.bytes(kept.serial()))
                .put(Keys.revision(kept.serial()), bytes);
        if (kept.serial() > Revisions.MOST) {
            change.delete(Keys.revision(kept.serial() - Revisions.MOST));
        }
        try {
            OptionalLong made = etcd.write(change, deadline);
            return made.isPresent() ? made : find(kept, before);
        } catch (EtcdFailedException e) {
            return find(kept, before);
        }
    }

    private OptionalLong find(Kept kept, Head before) throws IOException {
        Deadline deadline = Deadline.start();
        while (true) {
            try {
                if (rewrite(before, deadline)) {
                    return OptionalLong.empty();
                }
                // It was made together with the head, so both have the same revision of etcd.
                Optional<Item> made = etcd.get(Keys.revision(kept.serial()), deadline);
                return made.isPresent() && Kept.parse(made.get()).write().equals(kept.write())
                        ? OptionalLong.of(made.get().modified())
                        : OptionalLong.empty();
            } catch (EtcdFailedException e) {
                pause(e, deadline);
            }
        }
    }

    private void pause(EtcdFailedException failure, Deadline deadline) throws IOException {
        try {
            etcd.pauseAfter(failure, deadline);
        } catch (EtcdFailedException e) {
            throw new StoreFailedException(
                    e.getMessage() + " It is not known whether the change was made; look at the policy before you try"
                            + " again.",
                    e.isPassing(),
                    e);
        }
    }

    /** Whether the newest revision still was this one. */
    private boolean rewrite(Head before, Deadline deadline) throws IOException {
        var change = new Change().onlyIf(Keys.HEAD, before.modified()).put(Keys.HEAD, Head.bytes(before.serial()));
        return etcd.write(change, deadline).isPresent();
    }
}
