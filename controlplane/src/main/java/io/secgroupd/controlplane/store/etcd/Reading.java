package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.Newest;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.Announcer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the newest revision, and reads one that is newer once, however many ask for it. */
final class Reading {

    private final Connection etcd;
    private final Revisions revisions;
    private final Announcer announcer;
    private final Object loading = new Object();
    private volatile @Nullable Known known;
    private volatile @Nullable Unread unread;

    /** A newest revision of which nobody need have read what it says. */
    private record Unread(Newest revision, Head head) {}

    Reading(Connection etcd, Revisions revisions, Announcer announcer) {
        this.etcd = etcd;
        this.revisions = revisions;
        this.announcer = announcer;
    }

    /** @throws IOException with a sentence for the operator */
    Known now() throws IOException {
        Known before = known;
        Head head = Head.read(etcd, Deadline.start());
        if (before == null || head.modified() > before.head().modified()) {
            return load(head);
        }
        if (head.modified() < before.head().modified()) {
            throw new IOException(
                    "etcd has gone back from revision " + before.head().serial() + " to " + head.serial()
                            + ", as it does when it is restored from a backup. Restart the control server to go on from there.");
        }
        return before;
    }

    /** What has been read last. */
    Optional<Known> known() {
        return Optional.ofNullable(known);
    }

    /**
     * Which revision is the newest, by what is kept beside its contents.
     *
     * @throws IOException with a sentence for the operator
     */
    Newest newest() throws IOException {
        Head head = Head.read(etcd, Deadline.start());
        Unread before = unread;
        if (before != null && before.head().equals(head)) {
            return before.revision();
        }
        Known read = known;
        Optional<Kept> kept = read == null || head.modified() < read.head().modified()
                ? Optional.empty()
                : revisions.kept(head.serial(), Deadline.start());
        if (kept.isEmpty()) {
            Revision revision = now().revision();
            return new Newest(revision.serial(), revision.hash(), revision.origin());
        }
        HistoryEntry entry = kept.get().entry();
        var newest = new Newest(entry.serial(), entry.hash(), entry.origin());
        unread = new Unread(newest, head);
        return newest;
    }

    private Known load(Head head) throws IOException {
        synchronized (loading) {
            Known before = known;
            if (before != null && before.head().modified() >= head.modified()) {
                return before;
            }
            if (before != null && before.head().serial() == head.serial()) {
                return know(new Known(before.revision(), head)); // it was only written again
            }
            if (head.serial() == 0) {
                return know(Known.nothing(head));
            }
            Optional<Revision> found = revision(head.serial(), before);
            if (found.isPresent()) {
                return know(new Known(found.get(), head));
            }
            Head again = Head.read(etcd, Deadline.start());
            if (again.equals(head)) {
                throw new IOException("etcd does not hold all of revision " + head.serial() + ".");
            }
            return load(again); // a hundred more were made meanwhile
        }
    }

    private Optional<Revision> revision(long serial, @Nullable Known before) throws IOException {
        Optional<Kept> kept = revisions.kept(serial, Deadline.start());
        return kept.isEmpty()
                ? Optional.empty()
                : revisions.read(kept.get(), before == null ? Map.of() : before.contents());
    }

    /** Notes what has become the newest; what is older than that already known changes nothing. */
    Known know(Known now) {
        synchronized (loading) {
            Known before = known;
            if (before == null || now.head().modified() > before.head().modified()) {
                known = now;
                if (before == null || now.head().serial() > before.head().serial()) {
                    announcer.note(now.revision());
                }
            }
            return now;
        }
    }

    /** Reads what was made between two looks, for those who listen. */
    void fillGaps() throws IOException {
        for (long serial : announcer.missing()) {
            revision(serial, known).ifPresent(announcer::note);
        }
    }
}
