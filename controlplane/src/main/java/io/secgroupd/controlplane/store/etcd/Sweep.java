package io.secgroupd.controlplane.store.etcd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes pieces that no revision has. A writer keeps its pieces before any revision has them, so one that is removed may be
 * about to be named. Therefore each removal also writes {@code swept}, and a revision is made only if {@code swept} is what it
 * was before its pieces were kept; and nothing is removed when a revision was made since it was looked for.
 */
final class Sweep {

    /** Each how many revisions: looking for them reads the whole history. */
    static final int EVERY = 10;

    /** etcd takes 128 changes at once by default. */
    private static final int AT_ONCE = 100;

    private final Connection etcd;
    private final Revisions revisions;

    Sweep(Connection etcd, Revisions revisions) {
        this.etcd = etcd;
        this.revisions = revisions;
    }

    /** When pieces were removed last. */
    long last(Deadline deadline) throws IOException {
        return etcd.get(Keys.SWEPT, deadline).map(Item::modified).orElse(0L);
    }

    /** Removes what nobody needs while a revision is the newest. */
    void run(Head newest, Deadline deadline) throws IOException {
        Set<String> needed = new TreeSet<>();
        revisions.newest(Revisions.MOST, deadline).forEach(kept -> needed.addAll(kept.allPieces()));
        List<String> unneeded =
                etcd.range(Keys.PIECES, Keys.PIECES + '~', option -> option.withKeysOnly(true), deadline).stream()
                        .map(Item::key)
                        .filter(key -> !needed.contains(key.substring(Keys.PIECES.length())))
                        .toList();
        for (List<String> some : parts(unneeded)) {
            var change = new Change().onlyIf(Keys.HEAD, newest.modified()).put(Keys.SWEPT, Head.bytes(newest.serial()));
            some.forEach(change::delete);
            if (etcd.write(change, deadline).isEmpty()) {
                return;
            }
        }
    }

    private static List<List<String>> parts(List<String> all) {
        var parts = new ArrayList<List<String>>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        return parts;
    }
}
