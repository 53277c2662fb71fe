package io.secgroupd.daemon.flowlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were turned over: {@code flows.1.log.gz} is the newest. They are compressed on a thread of their own,
 * since a hundred megabytes take seconds, in which the writer would lose what it has no room for.
 */
final class OldFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OldFiles.class);

    /** Within what the writer may take to end. */
    private static final int CLOSE_SECONDS = 2;

    private final LogNames names;
    private final int keep;
    private final ExecutorService compressor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "flow-log-gzip");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Future<?> compressing;

    /** @param keep how many stay */
    OldFiles(Path current, int keep) {
        this.names = new LogNames(current);
        this.keep = keep;
    }

    /** Whether the file before has been dealt with: their names cannot move while it is compressed. */
    boolean ready() {
        return compressing == null || compressing.isDone();
    }

    /** Takes the current file, which must be closed, among the old ones. */
    void add() throws IOException {
        if (keep == 0) {
            Files.deleteIfExists(names.current());
            return;
        }
        for (Path oldest : names.forms(keep)) {
            Files.deleteIfExists(oldest);
        }
        for (int number = keep - 1; number >= 1; number--) {
            moveIfExists(names.plain(number), names.plain(number + 1));
            moveIfExists(names.gzip(number), names.gzip(number + 1));
        }
        Files.move(names.current(), names.plain(1));
        compressing = compressor.submit(this::compressNewest);
    }

    private static void moveIfExists(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A name ending in .gz is a whole file at any time. */
    private void compressNewest() {
        Path plain = names.plain(1);
        Path unfinished = names.unfinished();
        try {
            try (InputStream in = Files.newInputStream(plain);
                    OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
                in.transferTo(out);
            }
            Files.setPosixFilePermissions(unfinished, Files.getPosixFilePermissions(plain));
            Files.move(unfinished, names.gzip(1), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(plain);
        } catch (IOException e) {
            LOG.warn("flowlog.uncompressed path={}: {}; the file stays as it is", plain, e.toString());
            deleteQuietly(unfinished);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("flowlog.leftover path={}: {}", file, e.toString());
        }
    }

    /** Ends the thread. A file that takes longer to compress than a stop may last stays, beside its unfinished copy. */
    @Override
    public void close() {
        compressor.shutdown();
        try {
            if (!compressor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("flowlog.uncompressed: the newest file was still being compressed at the stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever ends us is in a hurry
        }
    }
}
