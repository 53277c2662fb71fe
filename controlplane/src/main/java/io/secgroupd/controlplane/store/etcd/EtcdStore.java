package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.Newest;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.PutResult.Superseded;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.Announcer;
import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in etcd. Several stores, of several hosts, may have the same prefix there: each reads what any of them has
 * acknowledged, and of two changes of one revision only one is made. Nothing is remembered here that etcd does not have.
 *
 * <p>The control-plane file is {@code rules.yaml}, and the paths of all others are relative to it. An etcd without any revision
 * has a policy without files, with the serial 0; a change of that one may bring files.
 */
public final class EtcdStore implements PolicyStore {

    private static final Logger LOG = LoggerFactory.getLogger(EtcdStore.class);

    private final Connection etcd;
    private final Revisions revisions;
    private final Sweep sweep;
    private final Commit commit;
    private final EtcdRecords records;
    private final Announcer announcer = new Announcer();
    private final Reading reading;
    private final Collection<Runnable> early = new CopyOnWriteArrayList<>();
    private final ExecutorService earlyThread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), EtcdStore::earlyThread, new DiscardPolicy());
    private @Nullable HeadWatch watch;

    private EtcdStore(Connection etcd) {
        this.etcd = etcd;
        this.revisions = new Revisions(etcd);
        this.sweep = new Sweep(etcd, revisions);
        this.commit = new Commit(etcd, revisions, sweep);
        this.records = new EtcdRecords(etcd);
        this.reading = new Reading(etcd, revisions, announcer);
    }

    /**
     * A store that has asked nothing yet.
     *
     * @throws IOException with a sentence for the operator, when a file of the settings cannot be used
     */
    public static EtcdStore open(EtcdSettings settings) throws IOException {
        return new EtcdStore(Connection.open(settings));
    }

    @Override
    public Revision current() throws IOException {
        return reading.now().revision();
    }

    @Override
    public Newest newest() throws IOException {
        return reading.newest();
    }

    @Override
    public PutResult put(Revision base, Map<Path, byte[]> changed, ReadResult read, Origin origin) throws IOException {
        SortedMap<Path, byte[]> needed = Needed.of(base, changed);
        return needed.isEmpty()
                ? unchanged(base)
                : make(base, base.files().with(needed), read, origin, needed.values());
    }

    private PutResult unchanged(Revision base) throws IOException {
        Revision now = reading.now().revision();
        return isSame(now, base) ? new Stored(now) : new Superseded(now);
    }

    private static boolean isSame(Revision one, Revision other) {
        return Hashes.of(one.files()).equals(Hashes.of(other.files()));
    }

    private PutResult make(
            Revision base, PolicyFiles files, ReadResult read, Origin origin, Collection<byte[]> contents)
            throws IOException {
        Deadline deadline = Deadline.start();
        do {
            Known now = reading.now();
            if (!isSame(now.revision(), base)) {
                return new Superseded(now.revision());
            }
            var next = new Revision(now.head().serial() + 1, files, read, origin);
            OptionalLong made = commit.make(Kept.of(next), contents, now.head(), deadline);
            if (made.isPresent()) {
                return stored(next, made.getAsLong());
            }
        } while (!deadline.isOver());
        throw new IOException("Other control servers change the policy all the time; nothing was changed.");
    }

    @Override
    public PutResult replace(Revision base, PolicyFiles files, ReadResult read, Origin origin) throws IOException {
        Needed.requirePlain(files);
        return files.holdsSame(base.files())
                ? unchanged(base)
                : make(base, files, read, origin, Needed.more(base, files));
    }

    @Override
    public Optional<PolicyFiles> files(long serial) throws IOException {
        Optional<Known> known = reading.known();
        if (known.isPresent() && known.get().head().serial() == serial) {
            return known.map(now -> now.revision().files());
        }
        Optional<Kept> kept = revisions.kept(serial, Deadline.start());
        return kept.isEmpty()
                ? Optional.empty()
                : revisions
                        .pieces()
                        .files(
                                kept.get(),
                                Revisions.FIRST,
                                known.map(Known::contents).orElse(Map.of()));
    }

    @Override
    public RecordStore records() {
        return records;
    }

    private Stored stored(Revision made, long modified) {
        var head = new Head(made.serial(), modified);
        reading.know(new Known(made, head));
        if (made.serial() % Sweep.EVERY == 0) {
            try {
                sweep.run(head, Deadline.start());
            } catch (IOException e) {
                LOG.warn("store.unswept {}", e.getMessage()); // the next one removes what this one left
            }
        }
        return new Stored(made);
    }

    @Override
    public List<HistoryEntry> history(int most) throws IOException {
        return revisions.newest(Math.min(most, Revisions.MOST), Deadline.start()).stream()
                .map(Kept::entry)
                .toList();
    }

    @Override
    public Optional<Revision> newestSound() throws IOException {
        Known now = reading.now();
        if (isSound(now.revision())) {
            return Optional.of(now.revision());
        }
        for (Kept kept : revisions.newest(Revisions.MOST, Deadline.start())) {
            Optional<Revision> found = revisions.read(kept, now.contents()).filter(EtcdStore::isSound);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isSound(Revision revision) {
        return PolicyPipeline.check(Revisions.FIRST, revision.read(), Instant.now())
                .sound()
                .isPresent();
    }

    @Override
    public synchronized AutoCloseable watch(Consumer<Revision> listener) {
        AutoCloseable watching = announcer.add(listener, serialNow());
        startWatch();
        return watching;
    }

    @Override
    public synchronized AutoCloseable watchNewest(Runnable listener) {
        early.add(listener);
        startWatch();
        return () -> early.remove(listener);
    }

    private synchronized void startWatch() {
        if (watch == null) {
            watch = new HeadWatch(etcd, this::lookEarly, this::look).start();
        }
    }

    /** On a thread of their own, since a listener may ask etcd, whose client has told of the change. */
    private boolean lookEarly() {
        boolean heard = !early.isEmpty();
        if (heard) {
            earlyThread.execute(() -> early.forEach(Runnable::run));
        }
        return heard;
    }

    private static Thread earlyThread(Runnable task) {
        var thread = new Thread(task, "etcd-early");
        thread.setDaemon(true);
        return thread;
    }

    private long serialNow() {
        try {
            return current().serial();
        } catch (IOException e) {
            return 0;
        }
    }

    private void look() {
        try {
            reading.now();
            reading.fillGaps();
        } catch (IOException | RuntimeException e) {
            LOG.debug("store.unread {}", e.toString()); // whoever asks for the policy is told
        }
        announcer.deliver();
    }

    @Override
    public synchronized void close() {
        records.close();
        if (watch != null) {
            watch.close();
        }
        earlyThread.shutdownNow();
        etcd.close();
    }
}
