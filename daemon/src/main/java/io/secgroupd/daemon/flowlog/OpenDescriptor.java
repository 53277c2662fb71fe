package io.secgroupd.daemon.flowlog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Standard output or standard error, where a path leads there, such as {@code /dev/stdout}. For a service that is a
 * socket, which cannot be opened by any name, or a pipe of another user, so the open descriptor itself is written to.
 */
public final class OpenDescriptor {

    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;

    private OpenDescriptor() {}

    /** Reports whether this is the socket of something else, which nobody can write a log to. */
    public static boolean isForeignSocket(Path path) {
        try {
            return Files.exists(path)
                    && ((int) Files.getAttribute(path, "unix:mode") & KIND) == SOCKET
                    && of(path).isEmpty();
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    /**
     * The descriptor that the path leads to. It must not be closed: the next file that is opened would get its number.
     */
    static Optional<FileChannel> of(Path path) {
        if (leadsTo(path, 1)) {
            return Optional.of(channel(FileDescriptor.out));
        }
        return leadsTo(path, 2) ? Optional.of(channel(FileDescriptor.err)) : Optional.empty();
    }

    private static boolean leadsTo(Path path, int number) {
        try {
            Object file = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return file.equals(Files.readAttributes(Path.of("/proc/self/fd/" + number), BasicFileAttributes.class)
                    .fileKey());
        } catch (IOException e) {
            return false; // no such file yet, or no such descriptor
        }
    }

    @SuppressWarnings("resource") // closing the stream would close the descriptor
    private static FileChannel channel(FileDescriptor descriptor) {
        return new FileOutputStream(descriptor).getChannel();
    }
}
