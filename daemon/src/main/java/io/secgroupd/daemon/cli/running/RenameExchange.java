package io.secgroupd.daemon.cli.running;

import com.sun.jna.Native;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Exchanges two names in one step by renameat2(2). The file exists at every moment, and the last content under either
 * name cannot be lost, whoever wrote it.
 */
final class RenameExchange {

    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 2;

    private RenameExchange() {}

    /** Loaded only on use: native code may be missing, and an old libc may lack the call. */
    private static final class RenameCalls {
        static {
            Native.register(RenameCalls.class, "c");
        }

        private RenameCalls() {}

        static native int renameat2(int oldDirectory, byte[] oldName, int newDirectory, byte[] newName, int flags);
    }

    /** Returns false, having changed nothing, where the kernel, library or file system does not support it. */
    static boolean exchange(Path one, Path other) {
        try {
            return RenameCalls.renameat2(AT_FDCWD, name(one), AT_FDCWD, name(other), RENAME_EXCHANGE) == 0;
        } catch (LinkageError e) {
            return false;
        }
    }

    private static byte[] name(Path path) {
        byte[] name = path.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        return Arrays.copyOf(name, name.length + 1);
    }
}
