package io.secgroupd.rules.yaml;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The bytes of a regular file, up to a limit. Reading never fills the heap: a FIFO, a device or a directory is refused before
 * it is opened, and a file that grows while it is read stops at the limit. When the file is held, reading never hangs
 * either; without that, anyone who may replace the file can put a FIFO in its place in between.
 */
public final class FileInput extends FilterInputStream {

    private final long limit;
    private long count;

    /** Takes hold of the file that a name means now, so that it stays the same file while it is examined and opened. */
    public interface Holder {
        /** Throws what {@link Files} would throw. */
        Held hold(Path file) throws IOException;
    }

    /** A file under a name that leads to it until this is closed. */
    public interface Held extends Closeable {
        Path path();
    }

    /** Knows a file only by its name, which may be given to another file at any time. */
    public static final Holder BY_NAME = ByName::new;

    private record ByName(Path path) implements Held {
        @Override
        public void close() {
            // nothing is held
        }
    }

    private FileInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /**
     * Opens a file.
     *
     * @param limit in bytes
     * @throws IOException with a message for the operator, as have those of reading
     */
    public static FileInput open(Path file, long limit) throws IOException {
        return open(file, limit, BY_NAME);
    }

    /**
     * Opens a file that is held meanwhile.
     *
     * @param limit in bytes
     * @throws IOException with a message for the operator, as have those of reading
     */
    public static FileInput open(Path file, long limit, Holder holder) throws IOException {
        try (Held held = holder.hold(file)) {
            var attributes = Files.readAttributes(held.path(), BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new IOException("this is a directory; name a file");
            }
            if (!attributes.isRegularFile()) {
                throw new IOException("a pipe or device is not read; name a regular file");
            }
            if (attributes.size() > limit) {
                throw tooLong(limit);
            }
            return new FileInput(Files.newInputStream(held.path()), limit);
        } catch (FileSystemException e) {
            throw new IOException(reason(e, file), e);
        }
    }

    /**
     * The bytes of a file that were read already.
     *
     * @throws IOException with a message for the operator
     */
    public static FileInput of(byte[] content, long limit) throws IOException {
        if (content.length > limit) {
            throw tooLong(limit);
        }
        return new FileInput(new ByteArrayInputStream(content), limit);
    }

    /** What to tell the operator about a file that could not be opened or read. */
    public static String message(IOException e) {
        String message = e.getMessage();
        return message != null ? message : "the file cannot be read";
    }

    private static String reason(FileSystemException e, Path file) {
        boolean link = Files.isSymbolicLink(file);
        if (e instanceof NoSuchFileException) {
            return link
                    ? "the symbolic link leads to no file; fix the link, or name a file"
                    : "no such file; check the path";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied; let this user read the file, or run as a user who may";
        }
        if (link) {
            return "the symbolic link leads in a circle; fix the link, or name a file";
        }
        String reason = e.getReason();
        return "cannot be read: " + (reason != null ? reason : "the path cannot be followed") + "; check the path";
    }

    private static IOException tooLong(long limit) {
        return new IOException("the file is longer than " + (limit >> 20) + " MiB; make it shorter, or split it");
    }

    @Override
    public int read() throws IOException {
        int value = guarded(super::read);
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = guarded(() -> super.read(buffer, offset, length));
        count(Math.max(0, got));
        return got;
    }

    private interface Read {
        int get() throws IOException;
    }

    private static int guarded(Read read) throws IOException {
        try {
            return read.get();
        } catch (IOException e) {
            throw new IOException("cannot be read: " + e.getMessage() + "; check the disk, or name another file", e);
        }
    }

    private void count(int more) throws IOException {
        count += more;
        if (count > limit) {
            throw tooLong(limit);
        }
    }
}
