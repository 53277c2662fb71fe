package io.secgroupd.daemon.testkit;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** Moves the calling thread into a network namespace. Sockets and child processes that it makes from then on belong there. */
final class Setns {

    private static final int O_RDONLY_CLOEXEC = 0x8_0000;
    private static final int CLONE_NEWNET = 0x4000_0000;

    static {
        Native.register(Setns.class, "c");
    }

    private Setns() {}

    static void enter(String namespace) {
        int fd = open("/run/netns/" + namespace, O_RDONLY_CLOEXEC);
        try {
            setns(fd, CLONE_NEWNET);
        } finally {
            close(fd);
        }
    }

    private static native int open(String path, int flags) throws LastErrorException;

    private static native int setns(int fd, int type) throws LastErrorException;

    private static native int close(int fd) throws LastErrorException;
}
