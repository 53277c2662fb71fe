package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Destroys the local sockets of connections that are cut (sock_diag(7), SOCK_DESTROY; needs CAP_NET_ADMIN). A mark lives no
 * longer than its conntrack entry, which the peer can end by a reset. A connection that no socket holds any more cannot come
 * back.
 *
 * <p>A socket is first looked up and then destroyed by the cookie that the kernel gave it. If asked by the ends alone, the
 * kernel would fall back to the listener, or to a UDP socket that serves everybody.
 */
final class CutSockets implements AutoCloseable {

    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int SOCK_DESTROY = 21;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private static final int HEADER = Netlink.MESSAGE_HEADER;
    /** struct inet_diag_req_v2: family, protocol, ext, pad 1 each; states 4; then struct inet_diag_sockid. */
    private static final int REQUEST_BYTES = 56;

    private static final int REQUEST_ID = HEADER + 8;
    /** struct inet_diag_msg: family, state, timer, retransmissions 1 each; then struct inet_diag_sockid. */
    private static final int REPLY_ID = HEADER + 4;
    /** struct inet_diag_sockid: ports 2 + 2, addresses 16 + 16, all in network order; interface 4; cookie 8. */
    private static final int COOKIE = 40;

    private static final int ID_BYTES = 48;
    private static final long NO_COOKIE = -1;
    /** TCP_LISTEN; 7 is TCP_CLOSE, the state of a UDP socket that is not connected. */
    private static final int LISTEN = 10;

    private static final int CLOSE = 7;
    private static final int BUFFER_BYTES = 4096;
    private static final String LOOKING = "asking for the socket of a cut connection";

    private final NetlinkChannel.ChannelOpener kernel;
    private @Nullable NetlinkChannel opened;
    private final NetlinkBuffer request = new NetlinkBuffer(HEADER + REQUEST_BYTES);
    private final NetlinkBuffer reply = new NetlinkBuffer(BUFFER_BYTES);
    private final MessageReader messages = new MessageReader(reply);
    private int sequence;

    /** Sends the kernel nothing before the first socket is to be destroyed, because the kernel may lack the ability. */
    CutSockets(NetlinkChannel.ChannelOpener kernel) {
        this.kernel = kernel;
    }

    private NetlinkChannel socket() throws IOException {
        if (opened == null) {
            opened = kernel.open(Netlink.NETLINK_SOCK_DIAG, 0);
        }
        return opened;
    }

    /**
     * Destroys the socket whose local end is the source of this flow and whose peer is its destination, if there is one.
     *
     * @return whether there was such a socket
     * @throws IOException when the kernel does not list sockets, cannot destroy any (EOPNOTSUPP), or this process may not
     */
    boolean destroy(FlowTuple local) throws IOException {
        if (local.protocol() != TCP && local.protocol() != UDP) {
            return false;
        }
        // For UDP the kernel looks up the two ends in the opposite order, for historical reasons (udp_diag.c).
        ask(SOCK_DIAG_BY_FAMILY, local, local.protocol() == UDP, NO_COOKIE);
        if (!isDone(LOOKING) || !isConnection(local)) {
            return false;
        }
        ask(SOCK_DESTROY, local, false, reply.host().getLong(REPLY_ID + COOKIE));
        return isDone("destroying the socket of a cut connection");
    }

    /** Returns false when there is no such socket. */
    private boolean isDone(String what) throws IOException {
        int errno = answer();
        if (errno != 0 && errno != Errno.ENOENT) {
            throw new NetlinkException(what, errno);
        }
        return errno == 0;
    }

    private void ask(int type, FlowTuple local, boolean turned, long cookie) throws IOException {
        boolean ipv4 = local.source().family() == Family.IPV4;
        ByteBuffer host = request.host();
        host.putInt(0, HEADER + REQUEST_BYTES)
                .putShort(4, (short) type)
                .putShort(6, (short) (Netlink.REQUEST | (type == SOCK_DESTROY ? Netlink.ACK : 0)))
                .putInt(8, ++sequence);
        request.network().put(HEADER, (byte) (ipv4 ? AF_INET : AF_INET6)).put(HEADER + 1, (byte) local.protocol());
        host.putInt(HEADER + 4, -1);
        end(REQUEST_ID, turned ? 2 : 0, turned ? 20 : 4, local.source(), local.sourcePort());
        end(REQUEST_ID, turned ? 0 : 2, turned ? 4 : 20, local.destination(), local.destinationPort());
        host.putInt(REQUEST_ID + 36, 0).putLong(REQUEST_ID + COOKIE, cookie);
        if (!socket().write(request, HEADER + REQUEST_BYTES)) {
            throw new NetlinkException(LOOKING, Errno.ENOBUFS);
        }
    }

    /** An IPv4 address takes the first four of the sixteen bytes. */
    private void end(int id, int portAt, int addressAt, IpAddress address, int port) {
        boolean ipv4 = address.family() == Family.IPV4;
        request.network()
                .putShort(id + portAt, (short) port)
                .putLong(id + addressAt, ipv4 ? address.low() << 32 : address.high())
                .putLong(id + addressAt + 8, ipv4 ? 0 : address.low());
    }

    /** Returns the errno, or 0 for an answer or an acknowledgement. */
    private int answer() throws IOException {
        int length;
        while ((length = socket().read(reply)) > 0) {
            messages.reset(length);
            if (messages.next() && messages.sequence() == sequence) {
                return messages.type() == Netlink.ERROR ? messages.errno() : 0;
            }
        }
        return Errno.ENOENT;
    }

    /** Reports whether the socket found has exactly these ends and is neither a listener nor without a peer. */
    private boolean isConnection(FlowTuple local) {
        ByteBuffer found = reply.network();
        if (messages.type() != SOCK_DIAG_BY_FAMILY || reply.host().getInt(0) < REPLY_ID + ID_BYTES) {
            return false;
        }
        int state = found.get(HEADER + 1);
        return state != LISTEN
                && state != CLOSE
                && (found.getShort(REPLY_ID) & 0xffff) == local.sourcePort()
                && (found.getShort(REPLY_ID + 2) & 0xffff) == local.destinationPort()
                && isAddress(REPLY_ID + 4, local.source())
                && isAddress(REPLY_ID + 20, local.destination());
    }

    /** An IPv6 socket that speaks IPv4 has its addresses below ::ffff:0:0/96. */
    private boolean isAddress(int at, IpAddress address) {
        long high = reply.network().getLong(at);
        long low = reply.network().getLong(at + 8);
        if (address.family() == Family.IPV6) {
            return high == address.high() && low == address.low();
        }
        long bits = address.low() & 0xffff_ffffL;
        return (low == 0 && high == bits << 32) || (high == 0 && low == (0xffffL << 32 | bits));
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }
}
