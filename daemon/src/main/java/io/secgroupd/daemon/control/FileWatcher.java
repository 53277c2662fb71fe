package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on a thread of its own when files have changed. It watches directories rather than files, since editors replace
 * files by renaming. It also looks at the files every second, since network file systems and bind mounts send no events, and
 * the kernel may grant no inotify instance or watch: users and containers share those.
 */
final class FileWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatcher.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** An editor writes in several steps, so a change counts once the file has been left alone for this long. */
    private static final Duration QUIET = Duration.ofMillis(200);
    /** A file that is written to without end is read after this time all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Null when there are no events, because they never worked or have failed since. */
    private @Nullable WatchService service;

    private final Runnable changed;
    private final Thread thread;
    /** Sorted, like all sets of paths here, because an attacker could choose names with equal hashes. */
    private final SortedMap<Path, WatchKey> keys = new TreeMap<>();

    private List<Path> files = List.of();
    private Set<Path> entries = Set.of();
    private boolean toldOfPolling;
    private volatile boolean closing;
    private FileFingerprint seen = FileFingerprint.of(List.of());

    /** Opens the source of file events. */
    interface WatchOpener {
        WatchService open() throws IOException;
    }

    /** @param changed called by the watcher's thread whenever the files have changed and come to rest */
    FileWatcher(Runnable changed) {
        this(changed, FileSystems.getDefault()::newWatchService);
    }

    FileWatcher(Runnable changed, WatchOpener events) {
        this.changed = changed;
        try {
            service = events.open();
        } catch (IOException e) {
            tellOfPolling(e);
        }
        thread = new Thread(this::watch, "file-watcher");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Watches these files from now on. Returns whether the set of files is new: such files were read before anyone watched
     * them, so they need another look.
     */
    synchronized boolean follow(Collection<Path> watched) {
        List<Path> next = List.copyOf(watched);
        boolean others = !next.equals(files);
        if (others) {
            files = next;
            seen = FileFingerprint.of(files);
        }
        watch(WatchedEntries.of(files));
        return others;
    }

    private synchronized List<Path> files() {
        return files;
    }

    private synchronized boolean differ() {
        return !FileFingerprint.of(files).equals(seen);
    }

    /**
     * The state that later states are compared with. It is stored before the files are read, so that a change during the
     * reading is noticed.
     */
    private synchronized void mark() {
        seen = FileFingerprint.of(files);
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (differ()) {
                    awaitRest();
                    mark();
                    changed.run();
                } else {
                    awaitEvent(LOOK_EVERY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() interrupts to end the thread
        }
    }

    private synchronized void watch(Set<Path> onTheWay) {
        entries = onTheWay;
        Set<Path> directories = onTheWay.stream().map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
        keys.entrySet().removeIf(entry -> {
            boolean gone =
                    !directories.contains(entry.getKey()) || !entry.getValue().isValid();
            if (gone) {
                entry.getValue().cancel();
            }
            return gone;
        });
        WatchService open = service;
        if (open != null) {
            directories.stream()
                    .filter(directory -> !keys.containsKey(directory))
                    .forEach(directory -> register(directory, open));
        }
    }

    private void register(Path directory, WatchService open) {
        try {
            keys.put(
                    directory,
                    directory.register(
                            open,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (FileSystemException e) {
            // The directory is missing now: its parent is watched, or the look every second finds it.
            keys.remove(directory);
        } catch (IOException e) {
            keys.remove(directory);
            tellOfPolling(e);
        } catch (ClosedWatchServiceException e) {
            eventsEnded(e);
        }
    }

    private synchronized void eventsEnded(ClosedWatchServiceException e) {
        service = null;
        keys.clear();
        if (!closing) {
            tellOfPolling(e);
        }
    }

    /** Warns once, since until the kernel has free watches every new directory would fail again. */
    private void tellOfPolling(Exception why) {
        if (!toldOfPolling) {
            toldOfPolling = true;
            LOG.warn(
                    "files.polled: inotify reports no more changes ({}); files are checked every second instead; for events"
                            + " again, raise fs.inotify.max_user_instances or max_user_watches and restart",
                    why.toString());
        }
    }

    private void awaitRest() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        FileFingerprint before;
        FileFingerprint now = FileFingerprint.of(files());
        do {
            before = now;
            TimeUnit.NANOSECONDS.sleep(QUIET.toNanos());
            now = FileFingerprint.of(files());
        } while (!now.equals(before) && System.nanoTime() < deadline);
    }

    private void awaitEvent(Duration patience) throws InterruptedException {
        WatchService open = service();
        if (open == null) {
            TimeUnit.NANOSECONDS.sleep(patience.toNanos());
        } else {
            awaitEvent(open, patience);
        }
        watch(WatchedEntries.of(files()));
    }

    private void awaitEvent(WatchService open, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean concerned = false;
        try {
            for (long left = patience.toNanos(); left > 0 && !concerned; left = deadline - System.nanoTime()) {
                WatchKey key = open.poll(left, TimeUnit.NANOSECONDS);
                while (key != null) {
                    concerned |= concerns(key);
                    key.reset();
                    key = open.poll();
                }
            }
        } catch (ClosedWatchServiceException e) {
            eventsEnded(e);
        }
    }

    private synchronized @Nullable WatchService service() {
        return service;
    }

    /** A directory may be a busy one, so events for other files in it are ignored. */
    private synchronized boolean concerns(WatchKey key) {
        boolean concerned = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            // An event without a name says that the kernel lost events.
            concerned |= !(event.context() instanceof Path name)
                    || !(key.watchable() instanceof Path directory)
                    || entries.contains(directory.resolve(name));
        }
        return concerned;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        thread.interrupt();
        WatchService open = service();
        if (open != null) {
            open.close();
        }
    }
}
