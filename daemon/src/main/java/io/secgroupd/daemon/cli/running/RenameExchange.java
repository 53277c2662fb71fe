package io.secgroupd.daemon.cli.running;

import com.sun.jna.Native;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Two names change places in one step, as renameat2(2) does it: at no moment is there neither file, and what stood under a
 * name cannot be lost, whoever wrote there last.
 */
final class RenameExchange {

    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 2;

    private RenameExchange() {}

    /** Loaded only when asked: native code may be missing, and so may the call in an old libc. */
    private static final class RenameCalls {
        static {
            Native.register(RenameCalls.class, "c");
        }

        private RenameCalls() {}

        static native int renameat2(int oldDirectory, byte[] oldName, int newDirectory, byte[] newName, int flags);
    }

    /** False where kernel, library or file system cannot do it: nothing was changed then. */
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
