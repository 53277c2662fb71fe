package io.secgroupd.daemon.answer;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import io.netty.channel.unix.Buffer;
import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.rules.net.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Two raw sockets (raw(7)), one for each family, whose packets bring their own IP header and carry the mark by which the
 * skeleton knows them. They need CAP_NET_RAW.
 */
final class RawSockets implements AnswerSender {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_RAW = 255;
    private static final int SOL_SOCKET = 1;
    private static final int SO_MARK = 36;

    /** struct sockaddr_in: family 2, port 2, address 4, padding 8. */
    private static final int ADDRESS_BYTES = 16;
    /** struct sockaddr_in6: family 2, port 2, flow 4, address 16, scope 4. */
    private static final int ADDRESS_6_BYTES = 28;

    private static final int LINK_LOCAL = 0xfe80;
    private static final int LINK_LOCAL_MASK = 0xffc0;

    private final int ipv4;
    private final int ipv6;
    private final ByteBuffer address = address(AF_INET, ADDRESS_BYTES);
    private final ByteBuffer address6 = address(AF_INET6, ADDRESS_6_BYTES);

    private RawSockets(int ipv4, int ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /**
     * Opens both.
     *
     * @param mark what each packet carries as its mark
     * @throws IOException with a sentence for the operator
     */
    static RawSockets open(int mark) throws IOException {
        int first = open(AF_INET, mark);
        try {
            return new RawSockets(first, open(AF_INET6, mark));
        } catch (IOException e) {
            LibC.close(first);
            throw e;
        }
    }

    private static int open(int family, int mark) throws IOException {
        int opened = -1;
        try {
            opened = LibC.socket(family, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_RAW);
            ByteBuffer value = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putInt(0, mark);
            LibC.setsockopt(opened, SOL_SOCKET, SO_MARK, value.array(), Integer.BYTES);
            return opened;
        } catch (LastErrorException e) {
            if (opened >= 0) {
                LibC.close(opened);
            }
            throw new IOException(
                    e.getErrorCode() == Errno.EPERM
                            ? "raw sockets need CAP_NET_RAW beside CAP_NET_ADMIN; secgroupd-daemon.yaml(5) has the lines"
                                    + " for the service"
                            : "the kernel has no raw socket: " + Errno.name(e.getErrorCode()),
                    e);
        }
    }

    private static ByteBuffer address(int family, int bytes) {
        ByteBuffer address = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        return address.putShort(0, (short) family).order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    public boolean send(Family family, ByteBuffer bytes, int length, int inInterface) {
        long from = Buffer.memoryAddress(bytes);
        if (family == Family.IPV4) {
            address.putInt(4, bytes.getInt(16));
            return LibC.sendto(ipv4, from, length, 0, Buffer.memoryAddress(address), ADDRESS_BYTES) == length;
        }
        address6.putLong(8, bytes.getLong(24)).putLong(16, bytes.getLong(32));
        boolean isOnLink = (bytes.getShort(24) & LINK_LOCAL_MASK) == LINK_LOCAL;
        int scope = isOnLink ? inInterface : 0;
        address6.putInt(24, ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(scope) : scope);
        return LibC.sendto(ipv6, from, length, 0, Buffer.memoryAddress(address6), ADDRESS_6_BYTES) == length;
    }

    @Override
    public void close() {
        LibC.close(ipv4);
        LibC.close(ipv6);
    }

    /** The system calls that Netty cannot make. */
    static final class LibC {

        static {
            Native.register(LibC.class, "c");
        }

        private LibC() {}

        static native int socket(int domain, int type, int protocol) throws LastErrorException;

        static native int setsockopt(int descriptor, int level, int option, byte[] value, int length)
                throws LastErrorException;

        /** Takes plain numbers and raises no exception, so that an answer allocates nothing. */
        static native long sendto(int descriptor, long bytes, long length, int flags, long address, int addressBytes);

        static native int close(int descriptor);
    }
}
