package io.secgroupd.daemon.flowlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rotated files; {@code flows.1.log.gz} is the newest. They are compressed in the background, once they have rested. A file
 * that is not compressed when the next one comes stays so: a host that logs so much has better things to do, and the current file
 * must not grow beyond its size meanwhile.
 */
final class OldFiles implements AutoCloseable {

    private final LogNames names;
    private final int keep;
    private final Duration rest;
    private @Nullable Compression compressing;

    /**
     * Looks after the old files of a log.
     *
     * @param keep the number of files to keep
     * @param rest how long a file waits for the next one before it is compressed
     */
    OldFiles(Path current, int keep, Duration rest) {
        this.names = new LogNames(current);
        this.keep = keep;
        this.rest = rest;
    }

    /** Adds the current file, which must be closed, to the old ones. */
    void add() throws IOException {
        endCompression();
        if (keep == 0) {
            Files.deleteIfExists(names.current());
            return;
        }
        freeTheFirst();
        Files.move(names.current(), names.plain(1));
        compressing = Compression.start(names.plain(1), names.gzip(1), names.unfinished(), rest);
    }

    /** Where a number is free, older files stay as they are: what is tried again and again must not push them all out. */
    private void freeTheFirst() throws IOException {
        int last = 1;
        while (last < keep && exists(last)) {
            last++;
        }
        for (Path overwritten : names.forms(last)) {
            Files.deleteIfExists(overwritten);
        }
        for (int number = last - 1; number >= 1; number--) {
            moveIfExists(names.plain(number), names.plain(number + 1));
            moveIfExists(names.gzip(number), names.gzip(number + 1));
        }
    }

    private boolean exists(int number) {
        return names.forms(number).stream().anyMatch(Files::exists);
    }

    private static void moveIfExists(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Reports whether compression of the newest file has ended. */
    boolean ready() {
        return compressing == null || compressing.ended();
    }

    private void endCompression() {
        if (compressing != null) {
            compressing.end();
        }
    }

    /** Stops compressing. A file that is not compressed by then stays as it is. */
    @Override
    public void close() {
        endCompression();
    }
}
