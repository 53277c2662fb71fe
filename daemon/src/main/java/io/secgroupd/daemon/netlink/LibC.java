package io.secgroupd.daemon.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The system calls that Netty cannot make. */
final class LibC {

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int bind(int descriptor, byte[] address, int length) throws LastErrorException;

    /**
     * Takes plain numbers and raises no exception. It is called for every burst of packets, and objects or exceptions would
     * each cost more than the call.
     *
     * @return the number of datagrams read, or -1 with the reason in {@link Native#getLastError}
     */
    static native int recvmmsg(int descriptor, long headers, int count, int flags, long timeout);
}
