package io.secgroupd.daemon.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntSupplier;

/**
 * A netlink socket that never blocks and that no child process inherits. A queue lives as long as any copy of its
 * descriptor, so an inherited one would hold packets of a daemon that is gone.
 */
public final class NetlinkSocket implements NetlinkChannel {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOCKADDR_NL = 12;

    /** Another program may have the number that was tried; that many of them in a row have not. */
    private static final int BIND_ATTEMPTS = 8;

    private static final int MSG_DONTWAIT = 0x40;
    private static final long NO_TIMEOUT = 0;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_NO_ENOBUFS = 5;

    private final Socket socket;

    private NetlinkSocket(int descriptor) {
        socket = new Socket(descriptor);
    }

    /**
     * Opens a socket.
     *
     * @param family one of the {@code NETLINK_} numbers of {@link Netlink}
     * @param groups a mask of the first 32 multicast groups to join; 0 for none
     * @throws NetlinkException when the kernel lacks the family or refuses the groups
     */
    public static NetlinkSocket open(int family, int groups) throws IOException {
        return open(family, groups, PortId::next);
    }

    static NetlinkSocket open(int family, int groups, IntSupplier portIds) throws IOException {
        Epoll.ensureAvailability();
        NetlinkSocket opened = new NetlinkSocket(
                call("socket", () -> LibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, family)));
        try {
            opened.bind(groups, portIds);
            return opened;
        } catch (IOException refused) {
            opened.close();
            throw refused;
        }
    }

    private void bind(int groups, IntSupplier portIds) throws NetlinkException {
        for (int attempt = 1; ; attempt++) {
            byte[] address = address(portIds.getAsInt(), groups);
            try {
                call("bind", () -> LibC.bind(socket.intValue(), address, SOCKADDR_NL));
                return;
            } catch (NetlinkException refused) {
                if (refused.errno() != Errno.EADDRINUSE || attempt == BIND_ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    private interface SystemCall {
        int run() throws LastErrorException;
    }

    private static int call(String name, SystemCall systemCall) throws NetlinkException {
        try {
            return systemCall.run();
        } catch (LastErrorException refused) {
            NetlinkException reason = new NetlinkException(name + " of a netlink socket", refused.getErrorCode());
            reason.initCause(refused);
            throw reason;
        }
    }

    /** struct sockaddr_nl: family 2, padding 2, port id 4, groups 4. */
    private static byte[] address(int portId, int groups) {
        ByteBuffer address = ByteBuffer.allocate(SOCKADDR_NL).order(ByteOrder.nativeOrder());
        return address.putShort(0, (short) AF_NETLINK)
                .putInt(4, portId)
                .putInt(8, groups)
                .array();
    }

    @Override
    public int read(NetlinkBuffer into) throws IOException {
        try {
            return socket.readAddress(into.address(), 0, into.capacity());
        } catch (NativeIoException failure) {
            if (failure.expectedErr() == -Errno.ENOBUFS) {
                throw new OverrunException();
            }
            throw failure;
        }
    }

    @Override
    public void read(DatagramBatch into) throws IOException {
        into.clear();
        int read = LibC.recvmmsg(socket.intValue(), into.headersAddress(), into.capacity(), MSG_DONTWAIT, NO_TIMEOUT);
        if (read >= 0) {
            into.addRead(read);
        } else {
            requireOnlyEmpty(Native.getLastError());
        }
    }

    /** Raises what a read of a batch has failed by, unless only nothing waits. */
    static void requireOnlyEmpty(int errno) throws IOException {
        switch (errno) {
            case Errno.EAGAIN, Errno.EINTR -> {
                // Nothing waits, or a signal came first: the event loop asks again when a datagram is there.
            }
            case Errno.ENOBUFS -> throw new OverrunException();
            default -> throw new NetlinkException("recvmmsg of a netlink socket", errno);
        }
    }

    @Override
    public boolean write(NetlinkBuffer from, int length) throws IOException {
        try {
            return socket.writeAddress(from.address(), 0, length) == length;
        } catch (NativeIoException failure) {
            if (Errno.isLackOfRoom(-failure.expectedErr())) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public void acceptAgainAfterOverflow() throws IOException {
        setOption(SOL_NETLINK, NETLINK_NO_ENOBUFS, 1);
    }

    @Override
    public void receiveBuffer(int bytes) throws IOException {
        try {
            setOption(SOL_SOCKET, SO_RCVBUFFORCE, bytes);
        } catch (IOException notPermitted) {
            setOption(SOL_SOCKET, SO_RCVBUF, bytes);
        }
    }

    /** Netty's native code raises an unchecked exception here. */
    private void setOption(int level, int option, int value) throws IOException {
        try {
            socket.setIntOpt(level, option, value);
        } catch (ChannelException refused) {
            throw new IOException("setting a netlink socket's option " + option + " failed", refused);
        }
    }

    @Override
    public FileDescriptor descriptor() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The system calls that Netty cannot make. */
    static final class LibC {

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
}
