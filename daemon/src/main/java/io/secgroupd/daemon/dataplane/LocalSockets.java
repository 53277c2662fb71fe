package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkSocket;
import io.secgroupd.daemon.netlink.SocketQuestion;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Asks the kernel for one TCP or UDP socket of this host by both of its ends (sock_diag(7)). For one thread. */
public final class LocalSockets implements ConnectionEvidence, AutoCloseable {

    /**
     * TCP_ESTABLISHED (also the state of a connected UDP socket), FIN_WAIT1, FIN_WAIT2, CLOSE_WAIT, LAST_ACK and CLOSING. A
     * listener is not a connection.
     */
    private static final int CONNECTED = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 8 | 1 << 9 | 1 << 11;

    private static final int REPLY_BYTES = 4096;

    private final NetlinkChannel socket;
    private final Listeners listeners;
    private final NetlinkBuffer request = new NetlinkBuffer(SocketQuestion.BYTES);
    private final SocketQuestion question = new SocketQuestion(request);
    private final NetlinkBuffer reply = new NetlinkBuffer(REPLY_BYTES);
    private final MessageReader replies = new MessageReader(reply);
    private int sequence;

    LocalSockets(NetlinkChannel socket) {
        this.socket = socket;
        this.listeners = new Listeners(socket);
    }

    /** Opens a netlink socket for the queries, which needs no privilege. */
    public static LocalSockets open() throws IOException {
        return new LocalSockets(NetlinkSocket.open(Netlink.NETLINK_SOCK_DIAG, 0));
    }

    /**
     * A kernel that does not answer gives no evidence, so the packet stays outside. A connection to a port with a listener
     * came from outside, so its socket does not show that this host opened it. Otherwise a client whose connection was cut
     * could use that connection as evidence as soon as its reset has made the kernel forget the cut.
     */
    @Override
    public boolean connected(Flow opened) {
        if (opened.protocol() != PacketView.TCP && opened.protocol() != PacketView.UDP) {
            return false;
        }
        ask(opened);
        try {
            return socket.write(request, SocketQuestion.BYTES) && answer() && !isDialled(opened);
        } catch (IOException unanswered) {
            return false;
        }
    }

    /** A UDP socket with a peer has chosen that peer; one that serves everybody has none. */
    private boolean isDialled(Flow opened) throws IOException {
        return opened.protocol() == PacketView.TCP
                && listeners.cover(opened.family(), opened.sourcePort(), opened.sourceHigh(), opened.sourceLow());
    }

    private void ask(Flow packet) {
        question.begin(0, ++sequence, packet.protocol(), packet.family() == Family.IPV4, 0)
                .local(packet.sourceHigh(), packet.sourceLow(), packet.sourcePort())
                .remote(packet.destinationHigh(), packet.destinationLow(), packet.destinationPort());
    }

    /** Reads the answer, which is there as soon as the request has been written. Skips older answers left by a fault. */
    private boolean answer() throws IOException {
        int length;
        while ((length = socket.read(reply)) > 0) {
            replies.reset(length);
            if (replies.next() && replies.sequence() == sequence) {
                return replies.type() == SocketQuestion.SOCK_DIAG_BY_FAMILY && isConnected(reply.network(), length);
            }
        }
        return false;
    }

    /** struct inet_diag_msg begins with family 1 and state 1. */
    private static boolean isConnected(ByteBuffer message, int length) {
        int state = Netlink.MESSAGE_HEADER + 1;
        return length > state && (1 << message.get(state) & CONNECTED) != 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
