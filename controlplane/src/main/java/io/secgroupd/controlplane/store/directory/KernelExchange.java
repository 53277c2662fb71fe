package io.secgroupd.controlplane.store.directory;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Exchanges two names in one step by renameat2(2). Both lead to a file at every moment, and the last content under either
 * cannot be lost, whoever wrote it.
 */
public final class KernelExchange {

    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 2;
    private static final int ENOENT = 2;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;

    private KernelExchange() {}

    /** Loaded only on use: native code may be missing, and an old C library may lack the call. */
    private static final class ExchangeCalls {
        static {
            Native.register(ExchangeCalls.class, "c");
        }

        private ExchangeCalls() {}

        static native int renameat2(int oldDirectory, byte[] oldName, int newDirectory, byte[] newName, int flags)
                throws LastErrorException;

        static native String strerror(int number);
    }

    /**
     * Exchanges two names.
     *
     * @return false, having changed nothing, where the kernel, the C library or the file system does not have it
     * @throws IOException when it fails for another reason, such as a missing file; nothing is changed then
     */
    public static boolean exchange(Path one, Path other) throws IOException {
        try {
            ExchangeCalls.renameat2(AT_FDCWD, name(one), AT_FDCWD, name(other), RENAME_EXCHANGE);
            return true;
        } catch (LastErrorException e) {
            int error = e.getErrorCode();
            if (error == EINVAL || error == ENOSYS) {
                return false;
            }
            throw error == ENOENT
                    ? new NoSuchFileException(other.toString())
                    : new FileSystemException(other.toString(), one.toString(), ExchangeCalls.strerror(error));
        } catch (LinkageError e) {
            return false;
        }
    }

    private static byte[] name(Path path) {
        byte[] name = path.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        return Arrays.copyOf(name, name.length + 1);
    }
}
