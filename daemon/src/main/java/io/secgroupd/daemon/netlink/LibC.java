package io.secgroupd.daemon.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The two system calls that Netty has no way to make. Called when a socket is opened, never per packet. */
final class LibC {

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int bind(int descriptor, byte[] address, int length) throws LastErrorException;
}
