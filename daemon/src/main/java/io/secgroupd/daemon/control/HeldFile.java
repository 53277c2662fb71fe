package io.secgroupd.daemon.control;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Holds a file by a descriptor, so that checks and reads are about the same file even if its name comes to mean another.
 * Between stat(2) and open(2) of a name, somebody may put a FIFO in the file's place, and opening it would wait for a writer
 * forever; opening a device may act on it. O_PATH opens neither.
 */
final class HeldFile implements FileInput.Held {

    /** The same value on x86 and ARM, see open(2). */
    private static final int O_PATH = 0x20_0000;

    private static final int O_CLOEXEC = 0x8_0000;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private final int descriptor;

    private HeldFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Loaded on first use, because it is native code. */
    private static final class OpenCalls {
        static {
            Native.register(OpenCalls.class, "c");
        }

        private OpenCalls() {}

        static native int open(byte[] name, int flags) throws LastErrorException;

        static native int close(int descriptor);

        static native String strerror(int number);
    }

    /**
     * Takes hold of the file that has this name now, following links. Never waits, unless the file system does.
     *
     * @throws FileSystemException as {@link java.nio.file.Files} would throw it
     */
    static HeldFile of(Path file) throws FileSystemException {
        byte[] name = file.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        try {
            return new HeldFile(OpenCalls.open(Arrays.copyOf(name, name.length + 1), O_PATH | O_CLOEXEC));
        } catch (LastErrorException e) {
            throw reason(file.toString(), e.getErrorCode());
        }
    }

    private static FileSystemException reason(String file, int error) {
        return switch (error) {
            case ENOENT -> new NoSuchFileException(file);
            case EACCES -> new AccessDeniedException(file);
            default -> new FileSystemException(file, null, OpenCalls.strerror(error));
        };
    }

    /** A path to the held file itself, whatever has its name by now: proc(5). */
    @Override
    public Path path() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    @Override
    public void close() throws IOException {
        OpenCalls.close(descriptor);
    }
}
