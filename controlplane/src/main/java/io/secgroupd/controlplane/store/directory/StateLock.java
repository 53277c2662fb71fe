package io.secgroupd.controlplane.store.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change the policy and what is remembered of it. It excludes other threads by a lock of this process, and other
 * processes by a lock on a file. The one on the file alone would not do: the kernel gives it to a process as a whole, and
 * takes it away when any descriptor of the file is closed (fcntl_locking(2)).
 */
final class StateLock implements AutoCloseable {

    private static final SortedMap<Path, ReentrantLock> OF_THIS_PROCESS = new TreeMap<>();

    private final ReentrantLock threads;
    private final Optional<FileChannel> file;

    private StateLock(ReentrantLock threads, Optional<FileChannel> file) {
        this.threads = threads;
        this.file = file;
    }

    /**
     * Waits for the lock.
     *
     * @throws IOException when the directory cannot be made or written
     */
    static StateLock take(Path directory) throws IOException {
        ReentrantLock threads = threads(directory);
        threads.lock();
        try {
            return new StateLock(threads, Optional.of(lock(directory)));
        } catch (IOException e) {
            threads.unlock();
            throw new IOException(
                    "The state directory " + directory + " cannot be written (" + e + "); nothing was changed.", e);
        } catch (RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    /** Waits for the lock; one that cannot write in the directory is alone with the threads of this process. */
    static StateLock takeAsFarAsPossible(Path directory) {
        try {
            return take(directory);
        } catch (IOException e) {
            ReentrantLock threads = threads(directory);
            threads.lock();
            return new StateLock(threads, Optional.empty());
        }
    }

    private static ReentrantLock threads(Path directory) {
        synchronized (OF_THIS_PROCESS) {
            return OF_THIS_PROCESS.computeIfAbsent(directory.toAbsolutePath().normalize(), path -> new ReentrantLock());
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock(); // until the channel is closed
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether other processes are kept out too, so that the directory may be written. */
    boolean isWhole() {
        return file.isPresent();
    }

    @Override
    public void close() throws IOException {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } finally {
            threads.unlock();
        }
    }
}
