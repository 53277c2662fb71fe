package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.rules.net.Family;
import java.io.IOException;

/**
 * The kernel's table of connections in the network namespace of the calling thread. Needs CAP_NET_ADMIN. Listing and
 * changing use separate sockets, because an answer to a change would otherwise stand among the entries.
 */
final class ConnectionTable implements AutoCloseable {

    /** The kernel fills at most 32 KiB at a time. */
    private static final int LISTING_BYTES = 64 << 10;

    private static final int REQUEST_BYTES = 1024;

    private static final int MOST_LISTINGS = 5;

    private final NetlinkChannel listing;
    private final NetlinkChannel changing;
    private final NetlinkBuffer listed = new NetlinkBuffer(LISTING_BYTES);
    private final NetlinkBuffer answer = new NetlinkBuffer(LISTING_BYTES);
    private final MessageWriter request = new MessageWriter(new NetlinkBuffer(REQUEST_BYTES));
    private final ConnectionMessage entry = new ConnectionMessage(listed);
    private int sequence;

    private ConnectionTable(NetlinkChannel listing, NetlinkChannel changing) {
        this.listing = listing;
        this.changing = changing;
    }

    static ConnectionTable open(NetlinkChannel.ChannelOpener kernel) throws IOException {
        NetlinkChannel listing = kernel.open(Netlink.NETLINK_NETFILTER, 0);
        try {
            return new ConnectionTable(listing, kernel.open(Netlink.NETLINK_NETFILTER, 0));
        } catch (IOException refused) {
            listing.close();
            throw refused;
        }
    }

    /** Receives the entries one by one. */
    interface Visitor {
        /** Receives one entry, which is valid until the next call. */
        void visit(LiveConnection connection, ConnectionMessage entry) throws IOException;
    }

    /**
     * Visits every entry of a family; entries that come or go meanwhile may be missed. When the kernel says that others may
     * be missing too, all are listed again, and some are visited twice.
     *
     * @throws IOException when the listing is not complete: a connection missing from it would live on unnoticed
     */
    void forEach(Family family, Visitor visitor) throws IOException {
        for (int listings = 0; listings < MOST_LISTINGS; listings++) {
            if (list(family, visitor)) {
                return;
            }
        }
        throw new IOException("the table of connections changed its shape during every listing");
    }

    /** Returns whether the listing is complete, as far as the kernel knows. */
    private boolean list(Family family, Visitor visitor) throws IOException {
        request.clear();
        request.begin(Ctnetlink.GET, Netlink.REQUEST | Netlink.DUMP, ++sequence, number(family), 0)
                .end();
        send(listing, "listing connections");
        MessageReader messages = new MessageReader(listed);
        boolean whole = true;
        while (true) {
            messages.reset(read(listing, listed));
            while (messages.next()) {
                whole &= !messages.isInterrupted();
                if (isEnd(messages)) {
                    return whole;
                }
                var connection = entry.read(messages);
                if (connection.isPresent()) {
                    visitor.visit(connection.get(), entry);
                }
            }
            if (messages.malformed()) {
                throw new IOException("the kernel's answer about connections was cut off");
            }
        }
    }

    private static boolean isEnd(MessageReader message) throws NetlinkException {
        boolean done = message.type() == Netlink.DONE;
        if (message.type() == Netlink.ERROR || (done && message.errno() != 0)) {
            throw new NetlinkException("listing connections", message.errno());
        }
        return done;
    }

    /**
     * Sets one bit of an entry's mark, and no other.
     *
     * @return false when the connection has ended meanwhile
     */
    boolean mark(Family family, ConnectionMessage of, int bit, boolean set) throws IOException {
        name(Ctnetlink.NEW, family, of);
        request.u32(Ctnetlink.MARK, set ? bit : 0).u32(Ctnetlink.MARK_MASK, bit);
        return change("marking a connection");
    }

    /**
     * Deletes an entry, so that the next packet of either end is a first packet.
     *
     * @return false when the connection has ended meanwhile
     */
    boolean delete(Family family, ConnectionMessage of) throws IOException {
        name(Ctnetlink.DELETE, family, of);
        return change("deleting a connection");
    }

    private void name(int type, Family family, ConnectionMessage of) {
        request.clear();
        request.begin(type, Netlink.REQUEST | Netlink.ACK, ++sequence, number(family), 0);
        int nested = request.beginNested(Ctnetlink.TUPLE_ORIGINAL);
        request.append(of.tuple());
        request.endNested(nested);
        if (of.zone() != 0) {
            request.u16(Ctnetlink.ZONE, of.zone());
        }
    }

    private boolean change(String what) throws IOException {
        request.end();
        send(changing, what);
        int errno = acknowledgement();
        if (errno != 0 && errno != Errno.ENOENT) {
            throw new NetlinkException(what, errno);
        }
        return errno == 0;
    }

    private int acknowledgement() throws IOException {
        MessageReader messages = new MessageReader(answer);
        while (true) {
            messages.reset(read(changing, answer));
            while (messages.next()) {
                if (messages.type() == Netlink.ERROR && messages.sequence() == sequence) {
                    return messages.errno();
                }
            }
        }
    }

    /** The kernel answers within the write and continues a listing within the read, so there is always something to read. */
    private static int read(NetlinkChannel socket, NetlinkBuffer into) throws IOException {
        int length = socket.read(into);
        if (length <= 0) {
            throw new IOException("the kernel stopped in the middle of an answer about connections");
        }
        return length;
    }

    private void send(NetlinkChannel socket, String what) throws IOException {
        if (!socket.write(request.buffer(), request.length())) {
            throw new NetlinkException(what, Errno.ENOBUFS);
        }
    }

    private static int number(Family family) {
        return family == Family.IPV4 ? Ctnetlink.INET : Ctnetlink.INET6;
    }

    @Override
    public void close() throws IOException {
        listing.close();
        changing.close();
    }
}
