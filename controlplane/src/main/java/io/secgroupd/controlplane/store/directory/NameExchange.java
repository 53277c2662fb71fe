package io.secgroupd.controlplane.store.directory;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** Exchanges the names of two files of one directory. */
@FunctionalInterface
interface NameExchange {

    /**
     * Exchanges two names; both files must be there.
     *
     * @throws NoSuchFileException when one of them is not; nothing is changed then
     */
    void exchange(Path one, Path other) throws IOException;

    /**
     * By renameat2(2): both names lead to a file at every moment, and whatever stood under one of them stands under the other
     * afterwards, so no edit can be lost in between. Where the kernel, the C library or the file system does not have it, by
     * {@link #BY_LINKS}.
     */
    NameExchange BY_KERNEL = (one, other) -> {
        if (!KernelExchange.exchange(one, other)) {
            NameExchange.BY_LINKS.exchange(one, other);
        }
    };

    /**
     * By a link and two renames. The second name leads to a file at every moment. What is renamed to it between the link and
     * the first rename, some microseconds, is lost.
     */
    NameExchange BY_LINKS = (one, other) -> {
        Path link = linkOf(one);
        Files.deleteIfExists(link);
        Files.createLink(link, other);
        Files.move(one, other, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(link, one, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    };

    /** The name that an exchange by links uses meanwhile, and leaves behind when the process is killed. */
    static Path linkOf(Path one) {
        return one.resolveSibling(one.getFileName() + ".link");
    }

    /** The system call. */
    final class KernelExchange {

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

        /** Returns false, having changed nothing, where it is not supported. */
        static boolean exchange(Path one, Path other) throws IOException {
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
}
