package io.secgroupd.controlplane.store.directory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Lets an edit by hand come to its end. Many editors empty a file and then write it, and what stands there in between is no
 * edit of anybody.
 */
final class Quiet {

    /** An edit counts once nothing was written for this long. */
    static final Duration TIME = Duration.ofMillis(50);

    /** Files that are written to without end are read after this time all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Quiet() {}

    /** Waits until none of the files has been written to for a moment. */
    static void await(Collection<Path> paths) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (writtenNow(paths) && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(TIME.toMillis() / 5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The program ends.");
            }
        }
    }

    private static boolean writtenNow(Collection<Path> paths) throws IOException {
        long now = System.currentTimeMillis();
        for (Path path : paths) {
            if (Files.isRegularFile(path)) {
                long age = now - modified(path);
                if (age >= 0 && age < TIME.toMillis()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** In milliseconds since 1970. */
    private static long modified(Path path) {
        try {
            FileTime time = Files.getLastModifiedTime(path);
            return time.toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }
}
