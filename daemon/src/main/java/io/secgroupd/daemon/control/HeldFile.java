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
 * A file that a descriptor holds, whatever becomes of its name: what is asked about it and what is read of it are of one
 * file. Between stat(2) and open(2) of a name, somebody may put a FIFO in the file's place, which waits for a writer for
 * ever; and to open a device is to use it. With O_PATH neither is opened.
 */
final class HeldFile implements FileInput.Held {

    /** The same on x86 and ARM, see open(2). */
    private static final int O_PATH = 0x20_0000;

    private static final int O_CLOEXEC = 0x8_0000;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private final int descriptor;

    private HeldFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Loaded only when asked, as native code is. */
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
     * Takes hold of what has this name now, links followed. Never waits, unless the file system does.
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

    /** Leads to the file itself, and not to what has its name by now: proc(5). */
    @Override
    public Path path() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    @Override
    public void close() throws IOException {
        OpenCalls.close(descriptor);
    }
}
