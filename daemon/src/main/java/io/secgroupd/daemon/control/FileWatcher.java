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
 * Says when files have changed, on a thread of its own. Directories are watched rather than files, since editors replace files by renaming; and the
 * files are looked at every second as well, since network file systems and bind mounts send no events. Where the kernel gives no
 * inotify instance or watch, which users and containers share, that look is all there is.
 */
final class FileWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatcher.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** An editor writes in several steps: a file counts as written when it has been left alone for so long. */
    private static final Duration QUIET = Duration.ofMillis(200);
    /** A file that is written to without end is read all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Null when there are no events, from the start or since they failed. */
    private @Nullable WatchService service;

    private final Runnable changed;
    private final Thread thread;
    /** Sorted, as are the sets of paths here: names that a file chooses may have one hash. */
    private final SortedMap<Path, WatchKey> keys = new TreeMap<>();

    private List<Path> files = List.of();
    private Set<Path> entries = Set.of();
    private boolean toldOfPolling;
    private volatile boolean closing;
    private FileFingerprint seen = FileFingerprint.of(List.of());

    /** Opens what tells of events. */
    interface WatchOpener {
        WatchService open() throws IOException;
    }

    /** @param changed is called by the watcher's thread whenever the files differ from before, and have come to rest */
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
     * Watches these files from now on. Returns whether they are others than before: those were read before anyone watched
     * them, so they are worth another look.
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

    /** What differs from this later is a change: remembered before anyone reads, so that a change in between is seen. */
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
            Thread.currentThread().interrupt(); // close() ends the thread
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
            // Not there now: its parent is watched, or the look every second finds it.
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

    /** Once: until more are free, each directory that comes anew would fail again. */
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

    /** A directory may be a busy one: what happens to other files in it is no reason to look. */
    private synchronized boolean concerns(WatchKey key) {
        boolean concerned = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            // Without a name the kernel says that it lost events.
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
