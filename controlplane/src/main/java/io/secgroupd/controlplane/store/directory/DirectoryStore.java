package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.PutResult.Superseded;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.Announcer;
import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.controlplane.store.common.RelativeFiles;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in a control-plane file with all that it includes and names. Edits by hand are noticed and become revisions too. A
 * change through the store never undoes an edit by hand that it did not know of, and a crash leaves the policy whole; see
 * {@link Recovery} for which state is left when.
 *
 * <p>In the state directory lie {@code index.jsonl}, {@code contents/}, {@code lock}, {@code records/}, and during a change {@code pending.json}.
 * Several stores, also of several processes, may have the same files and the same state directory.
 */
public final class DirectoryStore implements PolicyStore {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStore.class);

    private final Path rules;
    private final Path state;
    private final Clock clock;
    private final NameExchange names;
    private final History history;
    private final Journal journal;
    private final Recovery recovery;
    private final DirectoryRecords records;
    private final Announcer announcer = new Announcer();
    private volatile @Nullable Known known;
    private @Nullable Watcher watcher;

    /**
     * The newest revision, and how to tell whether it still is.
     *
     * @param stamps of a moment at which the files were those of the snapshot
     */
    private record Known(Revision revision, Snapshot snapshot, Stamps stamps) {}

    /**
     * A store that has read nothing yet.
     *
     * @param rules the control-plane file
     * @param state a directory for what is remembered; it is made when it is needed
     * @param clock says when edits by hand are noticed
     */
    public DirectoryStore(Path rules, Path state, Clock clock) {
        this(rules, state, clock, NameExchange.BY_KERNEL);
    }

    DirectoryStore(Path rules, Path state, Clock clock, NameExchange names) {
        this.rules = rules;
        this.state = state;
        this.clock = clock;
        this.names = names;
        this.history = new History(state);
        this.journal = new Journal(state);
        this.recovery = new Recovery(journal, history.contents(), names);
        this.records = new DirectoryRecords(state.resolve("records"));
    }

    @Override
    public Revision current() throws IOException {
        Known before = known;
        if (before != null && before.stamps().hold()) {
            return before.revision();
        }
        try (StateLock lock = StateLock.takeAsFarAsPossible(state)) {
            return refresh(lock).revision();
        }
    }

    @Override
    public Optional<PolicyFiles> unread() {
        Known before = known;
        if (before == null || before.stamps().hold()) {
            return Optional.empty();
        }
        Looks.SeenFiles seen = Looks.at(before.snapshot().looks().paths());
        return seen.looks().equals(before.snapshot().looks()) ? Optional.empty() : Optional.of(seen.files(rules));
    }

    /** Looks at the files again. */
    private Known refresh(StateLock lock) throws IOException {
        Optional<Origin> unfinished = lock.isWhole() ? recovery.run() : Optional.empty();
        Known before = known;
        if (before != null && unfinished.isEmpty()) {
            Stamps stamps = Stamps.of(before.snapshot().looks().paths());
            if (before.snapshot()
                    .looks()
                    .equals(Looks.at(stamps.states().keySet()).looks())) {
                return know(new Known(before.revision(), before.snapshot(), stamps));
            }
            Quiet.await(stamps.states().keySet());
        }
        Known now = adopt(Snapshot.read(rules), unfinished.orElseGet(() -> Origin.byHand(clock.instant())), lock);
        if (unfinished.isPresent()) {
            journal.end();
        }
        return now;
    }

    /** Finds the revision of what was read in the history, or makes a new one. */
    private Known adopt(Snapshot read, Origin origin, StateLock lock) throws IOException {
        Optional<HistoryEntry> newest = history.newest();
        SortedMap<Path, String> hashes = Hashes.of(read.files());
        if (newest.isPresent() && newest.get().files().equals(hashes)) {
            HistoryEntry entry = newest.get();
            return know(new Known(
                    new Revision(entry.serial(), read.files(), read.read(), entry.origin()), read, Stamps.NONE));
        }
        Known made = new Known(new Revision(nextSerial(newest), read.files(), read.read(), origin), read, Stamps.NONE);
        if (lock.isWhole()) {
            history.add(entry(made.revision()), read.files());
        }
        return know(made);
    }

    private long nextSerial(Optional<HistoryEntry> newest) {
        Known before = known;
        return 1
                + Math.max(
                        newest.map(HistoryEntry::serial).orElse(0L),
                        before == null ? 0 : before.revision().serial());
    }

    private static HistoryEntry entry(Revision revision) {
        return new HistoryEntry(revision.serial(), revision.hash(), revision.origin(), Hashes.of(revision.files()));
    }

    private Known know(Known now) {
        Known before = known;
        known = now;
        if (before == null || before.revision().serial() != now.revision().serial()) {
            announcer.note(now.revision());
        }
        return now;
    }

    @Override
    public PutResult put(Revision base, Map<Path, byte[]> changed, ReadResult read, Origin origin) throws IOException {
        try (StateLock lock = StateLock.take(state)) {
            Known now = refresh(lock);
            if (!now.revision().files().holdsSame(base.files())) {
                return new Superseded(now.revision());
            }
            SortedMap<Path, byte[]> needed = needed(base.files(), changed);
            return needed.isEmpty()
                    ? new Stored(now.revision())
                    : change(now, needed, now.snapshot().with(needed, read), origin, lock);
        }
    }

    @Override
    public PutResult replace(Revision base, PolicyFiles files, ReadResult read, Origin origin) throws IOException {
        if (haveSameNames(base.files(), files)) {
            return put(base, files.contents(), read, origin);
        }
        // What an operator publishes has the names that it has beside its control-plane file; here it has a place.
        PolicyFiles placed = RelativeFiles.inPlaceOf(base.files().first(), files);
        if (!haveSameNames(base.files(), placed)) {
            throw new IOException(OtherNames.sentence(base.files(), placed));
        }
        return put(base, placed.contents(), PolicyReader.read(placed), origin);
    }

    private static boolean haveSameNames(PolicyFiles one, PolicyFiles other) {
        return one.contents().keySet().equals(other.contents().keySet());
    }

    @Override
    public Optional<PolicyFiles> files(long serial) throws IOException {
        Revision now = current();
        if (now.serial() == serial) {
            return Optional.of(now.files());
        }
        Optional<HistoryEntry> entry = history.newest(History.MOST).stream()
                .filter(each -> each.serial() == serial)
                .findFirst();
        return entry.flatMap(found -> history.files(found, rules));
    }

    @Override
    public RecordStore records() {
        return records;
    }

    private static SortedMap<Path, byte[]> needed(PolicyFiles base, Map<Path, byte[]> changed) throws IOException {
        var needed = new TreeMap<Path, byte[]>();
        for (Map.Entry<Path, byte[]> file : changed.entrySet()) {
            byte[] before = base.content(file.getKey())
                    .orElseThrow(() -> new IOException(file.getKey() + " is not a file of the policy."));
            if (!Arrays.equals(before, file.getValue())) {
                needed.put(file.getKey().normalize(), file.getValue());
            }
        }
        return needed;
    }

    private PutResult change(
            Known now, SortedMap<Path, byte[]> changed, Snapshot planned, Origin origin, StateLock lock)
            throws IOException {
        history.contents().keep(now.revision().files().contents().values());
        history.contents().keep(changed.values());
        FileChanges files = FileChanges.prepare(journal, names, now.revision().files(), changed, origin);
        Optional<Revision> made;
        try {
            made = files.putInPlace() ? Optional.of(note(planned, now, origin, lock)) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            takeBack(files, e);
            throw e;
        }
        if (made.isEmpty()) {
            return new Superseded(refresh(lock).revision());
        }
        end(files);
        return new Stored(made.get());
    }

    /** Notes a change that is in place. New includes lead to files that were not read before, so then all are read. */
    private Revision note(Snapshot planned, Known before, Origin origin, StateLock lock) throws IOException {
        Snapshot after = planned.dependsOnSameFiles(before.snapshot()) ? planned : Snapshot.read(rules);
        return adopt(after, origin, lock).revision();
    }

    private static void takeBack(FileChanges files, Exception cause) {
        try {
            files.takeBack();
        } catch (IOException e) {
            cause.addSuppressed(e); // the journal is still there, and the next look at the files tries again
        }
    }

    private static void end(FileChanges files) {
        try {
            files.end();
        } catch (IOException e) {
            LOG.warn(
                    "store.unended {}", e.toString()); // the change is in force, and the next look at the files ends it
        }
    }

    @Override
    public List<HistoryEntry> history(int most) throws IOException {
        return history.newest(most);
    }

    @Override
    public Optional<Revision> newestSound() throws IOException {
        Revision now = current();
        if (isSound(now)) {
            return Optional.of(now);
        }
        for (HistoryEntry entry : history.newest(History.MOST)) {
            Optional<Revision> found = history.files(entry, rules)
                    .map(files -> new Revision(entry.serial(), files, PolicyReader.read(files), entry.origin()))
                    .filter(this::isSound);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean isSound(Revision revision) {
        return PolicyPipeline.check(rules, revision.read(), clock.instant())
                .sound()
                .isPresent();
    }

    @Override
    public synchronized AutoCloseable watch(Consumer<Revision> listener) {
        long serial = serialNow();
        AutoCloseable watching = announcer.add(listener, serial);
        Known now = known;
        if (now != null && now.revision().serial() > serial) {
            announcer.note(now.revision()); // it was made while nobody listened yet
        }
        if (watcher == null) {
            watcher = new Watcher(this::look, this::directories).start();
        }
        return watching;
    }

    private long serialNow() {
        try {
            return current().serial();
        } catch (IOException e) {
            return 0;
        }
    }

    private void look() {
        announcer.deliver();
        try {
            current();
        } catch (IOException | RuntimeException e) {
            LOG.debug("store.unread {}", e.toString()); // whoever asks for the policy is told
        }
        announcer.deliver();
    }

    /** The directories in which a change can be one of the policy. */
    private Collection<Path> directories() {
        var directories = new TreeSet<Path>();
        directories.add(state.toAbsolutePath());
        Known now = known;
        Collection<Path> paths =
                now == null ? List.of(rules) : now.snapshot().looks().paths();
        for (Path path : paths) {
            add(path.toAbsolutePath(), directories);
            try {
                add(path.toRealPath(), directories);
            } catch (IOException e) {
                // It is not there now; its directory is watched.
            }
        }
        return directories;
    }

    private static void add(Path path, Collection<Path> directories) {
        directories.add(
                Files.isDirectory(path) ? path : path.resolveSibling(".").normalize());
    }

    @Override
    public synchronized void close() throws IOException {
        records.close();
        if (watcher != null) {
            watcher.close();
            watcher = null;
        }
    }
}
