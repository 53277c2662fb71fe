package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.rules.net.Family;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Asks the kernel for the TCP sockets that listen on a port of this host (sock_diag(7)). It lists them, because a look-up
 * misses listeners that are bound to an interface. For one thread.
 */
final class Listeners {

    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_LISTEN = 10;

    /** struct inet_diag_req_v2, as {@link LocalSockets} writes it; the kernel compares the source port of a listing. */
    private static final int REQUEST_BYTES = 56;

    private static final int STATES = Netlink.MESSAGE_HEADER + 4;
    private static final int SOURCE_PORT = Netlink.MESSAGE_HEADER + 8;

    /** struct inet_diag_msg: family 1, state 1, timer 1, retransmissions 1, ports 2 + 2, then the local address. */
    private static final int LOCAL_ADDRESS = Netlink.MESSAGE_HEADER + 8;

    /** ::ffff:0:0/96, under which an IPv6 socket knows IPv4 addresses. */
    private static final long MAPPED = 0xffffL << 32;

    private static final long LOW_HALF = 0xffff_ffffL;

    /** The kernel fills at most 32 KiB at a time. */
    private static final int LISTING_BYTES = 32 << 10;

    private final NetlinkChannel socket;
    private final NetlinkBuffer request = new NetlinkBuffer(Netlink.MESSAGE_HEADER + REQUEST_BYTES);
    private final NetlinkBuffer listed = new NetlinkBuffer(LISTING_BYTES);
    private final MessageReader messages = new MessageReader(listed);
    /** Listings have their own numbers, so that the socket's owner does not take a message of a listing for an answer. */
    private int sequence = 1 << 30;

    Listeners(NetlinkChannel socket) {
        this.socket = socket;
        request.host()
                .putInt(0, Netlink.MESSAGE_HEADER + REQUEST_BYTES)
                .putShort(4, (short) SOCK_DIAG_BY_FAMILY)
                .putShort(6, (short) (Netlink.REQUEST | Netlink.DUMP))
                .putInt(STATES, 1 << TCP_LISTEN);
        request.network().put(Netlink.MESSAGE_HEADER + 1, (byte) IPPROTO_TCP);
    }

    /**
     * Reports whether a socket listens on the port at this address. The socket may be bound to the address itself or to the
     * wildcard of either family, since an IPv6 socket takes IPv4 connections too. Allocates nothing.
     */
    boolean cover(Family family, int port, long high, long low) throws IOException {
        request.network().putShort(SOURCE_PORT, (short) port);
        boolean ipv4 = family == Family.IPV4;
        return listens(AF_INET6, high, ipv4 ? MAPPED | (low & LOW_HALF) : low)
                || (ipv4 && listens(AF_INET, low << 32, 0));
    }

    /** Reads the listing to its end even after a match: a remainder would be taken for the next answer. */
    private boolean listens(int socketFamily, long first, long second) throws IOException {
        request.network().put(Netlink.MESSAGE_HEADER, (byte) socketFamily);
        request.host().putInt(8, ++sequence);
        if (!socket.write(request, Netlink.MESSAGE_HEADER + REQUEST_BYTES)) {
            throw new IOException("the kernel has no room for a question about listeners");
        }
        boolean found = false;
        int length;
        while ((length = socket.read(listed)) > 0) {
            messages.reset(length);
            int at = 0;
            while (messages.next()) {
                if (messages.sequence() == sequence && messages.type() == Netlink.DONE) {
                    return found;
                }
                if (messages.sequence() == sequence && messages.type() == Netlink.ERROR) {
                    throw new IOException("the kernel refuses to list listeners");
                }
                found |= messages.sequence() == sequence && isAt(at, first, second);
                at += Netlink.align(listed.host().getInt(at));
            }
        }
        throw new IOException("the kernel stopped in the middle of a list of listeners");
    }

    private boolean isAt(int message, long first, long second) {
        ByteBuffer bytes = listed.network();
        int address = message + LOCAL_ADDRESS;
        if (address + Long.BYTES * 2 > listed.capacity()) {
            return false;
        }
        long high = bytes.getLong(address);
        long low = bytes.getLong(address + Long.BYTES);
        return (high == 0 && low == 0) || (high == first && low == second);
    }
}
