package io.secgroupd.daemon.flowlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is appended to and rotated by size. It never throws: when the disk fails, it accepts nothing for a while,
 * and the result says exactly how much was written. A file that was moved, removed or replaced is created again.
 * Standard output is written to through the open descriptor, and neither closed nor rotated.
 */
final class RollingFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RollingFile.class);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How often a file that could not be renamed is tried again. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    private final Path path;
    private final long rotateBytes;
    private final OldFiles oldFiles;
    private final LongSupplier nanoTime;
    private @Nullable FileChannel channel;
    private @Nullable Object identity;
    private boolean standard;
    /** Whether what is open is a regular file by this path, and so can be renamed when it is large. */
    private boolean rotates;

    private long size;
    private boolean failed;
    private long failedAt;
    private boolean stuck;
    private long stuckAt;

    /** @param rotateBytes the size at which the file is rotated */
    RollingFile(Path path, long rotateBytes, OldFiles oldFiles, LongSupplier nanoTime) {
        this.path = path;
        this.rotateBytes = rotateBytes;
        this.oldFiles = oldFiles;
        this.nanoTime = nanoTime;
    }

    /** Appends whole lines. Returns how many of their bytes are now in the file, which are whole lines again. */
    int append(ByteBuffer lines) {
        if (failed && nanoTime.getAsLong() - failedAt < RETRY_NANOS) {
            return 0;
        }
        try {
            FileChannel open = open();
            int all = lines.remaining();
            int written = write(open, lines);
            size += written;
            if (written == all && rotates && size >= rotateBytes) {
                rotate();
            }
            return written;
        } catch (IOException e) {
            fail(e);
            return 0;
        }
    }

    /**
     * Makes the file an old one. A file that cannot be renamed, such as one that is a mount of its own, grows: what is in it counts
     * as written all the same, or its lines would be written again.
     */
    private void rotate() {
        if (stuck && nanoTime.getAsLong() - stuckAt < STUCK_NANOS) {
            return;
        }
        close();
        try {
            oldFiles.add();
            stuck = false;
        } catch (IOException e) {
            notRotated(e);
        }
    }

    private void notRotated(IOException e) {
        stuckAt = nanoTime.getAsLong();
        if (!stuck) {
            stuck = true;
            LOG.warn("flowlog.unrotated path={}: {}; it grows beyond its size, and is tried again", path, e.toString());
        }
    }

    private int write(FileChannel open, ByteBuffer lines) {
        ByteBuffer rest = lines.slice();
        try {
            while (rest.hasRemaining()) {
                open.write(rest);
            }
            recovered();
            return rest.position();
        } catch (IOException e) {
            fail(e);
            return wholeLines(open, rest);
        }
    }

    /** A full disk may accept half a line. That half is cut off, since the line will be written again. */
    private static int wholeLines(FileChannel open, ByteBuffer lines) {
        int written = lines.position();
        int whole = written;
        while (whole > 0 && lines.get(whole - 1) != '\n') {
            whole--;
        }
        try {
            long kept = open.size() - (written - whole);
            if (whole < written && kept >= 0) { // a socket has no size
                open.truncate(kept);
            }
        } catch (IOException e) {
            return whole; // on a pipe, or when the disk is gone, readers skip half a line and say so
        }
        return whole;
    }

    /** Looks at the file once for each piece: whether it still is the one that is open, and how large it is. */
    private FileChannel open() throws IOException {
        FileChannel current = channel;
        BasicFileAttributes found = attributes();
        if (current != null && found != null && Objects.equals(found.fileKey(), identity)) {
            size = found.size();
            return current;
        }
        close();
        Optional<FileChannel> descriptor = OpenDescriptor.of(path);
        FileChannel opened = descriptor.isPresent()
                ? descriptor.get()
                : FileChannel.open(
                        path,
                        APPEND,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        channel = opened;
        standard = descriptor.isPresent();
        know(attributes());
        return opened;
    }

    private void know(@Nullable BasicFileAttributes opened) {
        identity = opened == null ? null : opened.fileKey();
        size = opened == null ? 0 : opened.size();
        rotates = !standard && opened != null && opened.isRegularFile();
    }

    private @Nullable BasicFileAttributes attributes() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void fail(IOException e) {
        failedAt = nanoTime.getAsLong();
        if (!failed) {
            failed = true;
            LOG.error(
                    "flowlog.failed path={}: {}; verdicts go on, decisions wait, and those that find no room are counted",
                    path,
                    e instanceof NoSuchFileException ? "its directory does not exist" : e.getMessage());
        }
    }

    private void recovered() {
        if (failed) {
            failed = false;
            LOG.info("flowlog.resumed path={}", path);
        }
    }

    /** Ends the wait after a failure early, for a last attempt. */
    void retryNow() {
        failedAt = nanoTime.getAsLong() - RETRY_NANOS;
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open == null || standard) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            fail(e); // some file systems report only here that the disk is full
        }
    }
}
