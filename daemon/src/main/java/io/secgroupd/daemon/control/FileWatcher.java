package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Waits for changes of files. Directories are watched rather than files, since editors replace files by renaming; and the
 * files are looked at every second as well, since network file systems and bind mounts send no events.
 */
final class FileWatcher implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** An editor writes in several steps: a file counts as written when it has been left alone for so long. */
    private static final Duration QUIET = Duration.ofMillis(200);
    /** A file that is written to without end is read all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private List<Path> files = List.of();
    private FileFingerprint seen = FileFingerprint.of(List.of());

    FileWatcher() throws IOException {
        service = FileSystems.getDefault().newWatchService();
    }

    /** Watches these files from now on. Returns whether they are others than before. */
    boolean follow(Collection<Path> watched) {
        List<Path> next = List.copyOf(watched);
        boolean others = !next.equals(files);
        files = next;
        register(WatchedDirectories.of(files));
        return others;
    }

    List<Path> files() {
        return files;
    }

    /** Remembers the files as they are now: what differs from this later is a change. */
    void mark() {
        seen = FileFingerprint.of(files);
    }

    private void register(Set<Path> directories) {
        keys.entrySet().removeIf(entry -> {
            boolean gone =
                    !directories.contains(entry.getKey()) || !entry.getValue().isValid();
            if (gone) {
                entry.getValue().cancel();
            }
            return gone;
        });
        for (Path directory : directories) {
            if (!keys.containsKey(directory)) {
                registerOne(directory);
            }
        }
    }

    private void registerOne(Path directory) {
        try {
            keys.put(
                    directory,
                    directory.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
            // Not there now: its parent is watched, or the look every second finds it.
            keys.remove(directory);
        }
    }

    /** Waits until the files differ from what they were when {@link #mark} was called, and have come to rest. */
    void awaitChange() throws InterruptedException {
        while (FileFingerprint.of(files).equals(seen)) {
            drain(LOOK_EVERY);
        }
        awaitRest();
    }

    private void awaitRest() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        FileFingerprint before;
        FileFingerprint now = FileFingerprint.of(files);
        do {
            before = now;
            TimeUnit.NANOSECONDS.sleep(QUIET.toNanos());
            now = FileFingerprint.of(files);
        } while (!now.equals(before) && System.nanoTime() < deadline);
    }

    private void drain(Duration patience) throws InterruptedException {
        WatchKey key = service.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = service.poll();
        }
        register(WatchedDirectories.of(files));
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
