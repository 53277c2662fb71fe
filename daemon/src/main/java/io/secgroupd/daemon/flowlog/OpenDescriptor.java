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
 * Standard output or standard error, if a path such as {@code /dev/stdout} leads there. In a service it may be a
 * socket, which cannot be opened by any name, or another user's pipe, so the open descriptor itself is written to.
 */
public final class OpenDescriptor {

    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;

    private OpenDescriptor() {}

    /** Reports whether the path leads to an unrelated socket, to which no log can be written. */
    public static boolean isForeignSocket(Path path) {
        try {
            return Files.exists(path)
                    && ((int) Files.getAttribute(path, "unix:mode") & KIND) == SOCKET
                    && of(path).isEmpty();
        } catch (IOException e) {
            return false; // it has gone meanwhile
        }
    }

    /**
     * The descriptor that the path leads to. It must not be closed, because the next opened file would get its number.
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
            return false; // there is no such file yet, or no such descriptor
        }
    }

    @SuppressWarnings("resource") // closing the stream would close the descriptor
    private static FileChannel channel(FileDescriptor descriptor) {
        return new FileOutputStream(descriptor).getChannel();
    }
}
