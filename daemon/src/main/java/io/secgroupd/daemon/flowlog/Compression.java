package io.secgroupd.daemon.flowlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compresses one file with gzip on its own thread, since a hundred megabytes take a second. It begins when the file has rested for
 * a time, works a fortieth of the time, and at gzip's fastest level, because the packet loops need the cores more than the file
 * needs to be small: what follows a flood would otherwise slow the next by a tenth, and in a flood no file is ever finished.
 */
final class Compression {

    private static final Logger LOG = LoggerFactory.getLogger(Compression.class);

    private static final int PIECE_BYTES = 64 * 1024;
    /** After each piece the thread pauses for this many times as long as the piece took. */
    private static final int PAUSE = 39;

    private final Path plain;
    private final Path gzip;
    private final Path unfinished;
    private final Duration rest;
    private final Thread thread = new Thread(this::compress, "flow-log-gzip");
    private volatile boolean ending;

    private Compression(Path plain, Path gzip, Path unfinished, Duration rest) {
        this.plain = plain;
        this.gzip = gzip;
        this.unfinished = unfinished;
        this.rest = rest;
    }

    /**
     * Starts one.
     *
     * @param unfinished the file for the bytes until it is complete, so that any file named .gz is complete
     * @param rest       how long it waits before it begins
     */
    static Compression start(Path plain, Path gzip, Path unfinished, Duration rest) {
        var started = new Compression(plain, gzip, unfinished, rest);
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
    }

    private void compress() {
        try {
            if (hasRested() && copy()) {
                Files.setPosixFilePermissions(unfinished, Files.getPosixFilePermissions(plain));
                Files.move(unfinished, gzip, StandardCopyOption.ATOMIC_MOVE);
                Files.delete(plain);
                return;
            }
        } catch (IOException e) {
            LOG.warn("flowlog.uncompressed path={}: {}; the file stays as it is", plain, e.toString());
        }
        deleteUnfinished();
    }

    /** Returns false when it was told to end before, as another file has followed. */
    private boolean hasRested() {
        long began = System.nanoTime();
        for (long left = rest.toNanos(); left > 0 && !ending; left = rest.toNanos() - (System.nanoTime() - began)) {
            LockSupport.parkNanos(this, left);
        }
        return !ending;
    }

    /** Returns false when it was told to end before it had finished. */
    private boolean copy() throws IOException {
        var piece = new byte[PIECE_BYTES];
        try (InputStream in = Files.newInputStream(plain);
                OutputStream out = new FastGzip(Files.newOutputStream(unfinished))) {
            long began = System.nanoTime();
            for (int read; (read = in.read(piece)) >= 0; began = System.nanoTime()) {
                out.write(piece, 0, read);
                LockSupport.parkNanos(this, PAUSE * (System.nanoTime() - began));
                if (ending) {
                    return false;
                }
            }
        }
        return true;
    }

    private void deleteUnfinished() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            LOG.warn("flowlog.leftover path={}: {}", unfinished, e.toString());
        }
    }

    boolean ended() {
        return !thread.isAlive();
    }

    /** Waits for the thread to end, which it does before its next piece. Files may be renamed after that. */
    void end() {
        ending = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the names must not change while the thread runs
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Half the time of the level that is gzip's own, for a file that is about a seventh larger. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, PIECE_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
