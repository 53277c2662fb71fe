package io.secgroupd.controlplane.store.directory;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after changes in directories on a thread of its own: at each event of the kernel, and every second, since network file
 * systems send none, and a link on the way to a file may lead elsewhere.
 */
final class Watcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);

    private final Runnable look;
    private final Supplier<Collection<Path>> directories;
    private final Thread thread = new Thread(this::run, "policy-watcher");
    private final SortedMap<Path, WatchKey> keys = new TreeMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable WatchService events;

    /**
     * A watcher that has not begun.
     *
     * @param look        called on the thread of this whenever something may have changed
     * @param directories those that matter, asked for after each look
     */
    Watcher(Runnable look, Supplier<Collection<Path>> directories) {
        this.look = look;
        this.directories = directories;
        thread.setDaemon(true);
        try {
            events = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.warn(
                    "store.polled: the kernel reports no changes ({}); the files are checked every second",
                    e.toString());
        }
    }

    Watcher start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                register();
                look.run();
                await();
            }
        } catch (ClosedWatchServiceException e) {
            // close() ends the thread so. It does not interrupt it: a file that is being read would seem to be missing.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void register() {
        WatchService open = events;
        if (open == null) {
            return;
        }
        var wanted = new TreeSet<>(directories.get());
        keys.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey()) || !entry.getValue().isValid();
            if (gone) {
                entry.getValue().cancel();
            }
            return gone;
        });
        wanted.removeAll(keys.keySet());
        wanted.forEach(directory -> register(directory, open));
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
        } catch (IOException e) {
            LOG.debug("store.unwatched {}: {}", directory, e.toString()); // the look every second finds its changes
        }
    }

    private void await() throws InterruptedException {
        WatchService open = events;
        if (open == null) {
            closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        WatchKey key = open.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = open.poll();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        WatchService open = events;
        if (open != null) {
            open.close();
        }
        awaitLastLook();
    }

    /** So that no file is touched any more. A listener that takes long, or closes the store itself, is not waited for. */
    private void awaitLastLook() {
        if (Thread.currentThread() != thread) {
            try {
                thread.join(LAST_LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
