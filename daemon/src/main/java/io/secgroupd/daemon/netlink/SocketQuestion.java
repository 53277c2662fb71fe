package io.secgroupd.daemon.netlink;

import java.nio.ByteBuffer;

/**
 * Writes questions about one TCP or UDP socket by both of its ends (sock_diag(7)): a struct nlmsghdr, and behind it a struct
 * inet_diag_req_v2.
 */
public final class SocketQuestion {

    public static final int SOCK_DIAG_BY_FAMILY = 20;
    public static final int TCP = 6;
    public static final int UDP = 17;

    /** The family 1, protocol 1, extensions 1, padding 1, states 4, then struct inet_diag_sockid. */
    public static final int BYTES = Netlink.MESSAGE_HEADER + 56;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int STATES = Netlink.MESSAGE_HEADER + 4;

    /** struct inet_diag_sockid: ports 2 + 2, addresses 16 + 16, all in network order; interface 4; cookie 8. */
    private static final int PORTS = Netlink.MESSAGE_HEADER + 8;

    private static final int ADDRESSES = PORTS + 4;
    private static final int ADDRESS = 16;
    private static final int INTERFACE = ADDRESSES + 2 * ADDRESS;
    private static final int COOKIE = INTERFACE + 4;
    private static final int NO_COOKIE = -1;

    private final NetlinkBuffer into;
    private int at;
    private boolean ipv4;
    private boolean turned;

    public SocketQuestion(NetlinkBuffer into) {
        this.into = into;
    }

    /**
     * Begins a question at an offset of the buffer. What was there is overwritten, and both ends are empty.
     *
     * @param sequence the number that the answer bears
     * @param interfaceIndex the interface whose bound sockets are found too; 0 for none
     */
    public SocketQuestion begin(int offset, int sequence, int protocol, boolean isIpv4, int interfaceIndex) {
        at = offset;
        ipv4 = isIpv4;
        turned = protocol == UDP;
        head(Netlink.REQUEST, sequence, protocol, -1);
        into.host().putInt(at + INTERFACE, interfaceIndex).putLong(at + COOKIE, NO_COOKIE);
        return remote(0, 0, 0);
    }

    /** Begins a listing of sockets in no state at all: its answer says only whether the kernel lists this protocol. */
    public void beginEmptyListing(int offset, int sequence, int protocol) {
        at = offset;
        ipv4 = true;
        head(Netlink.REQUEST | Netlink.DUMP, sequence, protocol, 0);
        for (int i = PORTS; i < BYTES; i++) {
            into.network().put(at + i, (byte) 0);
        }
    }

    private void head(int flags, int sequence, int protocol, int states) {
        into.host()
                .putInt(at, BYTES)
                .putShort(at + 4, (short) SOCK_DIAG_BY_FAMILY)
                .putShort(at + 6, (short) flags)
                .putInt(at + 8, sequence)
                .putInt(at + 12, 0)
                .putInt(at + STATES, states);
        into.network()
                .put(at + Netlink.MESSAGE_HEADER, (byte) (ipv4 ? AF_INET : AF_INET6))
                .put(at + Netlink.MESSAGE_HEADER + 1, (byte) protocol)
                .putShort(at + Netlink.MESSAGE_HEADER + 2, (short) 0);
    }

    /** Sets the end of this host. */
    public SocketQuestion local(long high, long low, int port) {
        return end(turned ? 1 : 0, high, low, port);
    }

    /** Sets the other end; a socket that serves everybody is found by an empty one. */
    public SocketQuestion remote(long high, long low, int port) {
        return end(turned ? 0 : 1, high, low, port);
    }

    /**
     * For UDP the kernel takes the two ends in the opposite order ("for historical reasons", as udp_diag.c says). An IPv4 address
     * takes the first four of the sixteen bytes.
     */
    private SocketQuestion end(int place, long high, long low, int port) {
        ByteBuffer bytes = into.network();
        bytes.putShort(at + PORTS + 2 * place, (short) port);
        bytes.putLong(at + ADDRESSES + ADDRESS * place, ipv4 ? low << 32 : high);
        bytes.putLong(at + ADDRESSES + ADDRESS * place + Long.BYTES, ipv4 ? 0 : low);
        return this;
    }
}
