package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.rules.net.Family;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The kernel's table of connections as a list, and its table of sockets, behind netlink. */
final class FakeConntrack implements NetlinkChannel.ChannelOpener {

    private final List<Connection> connections = new ArrayList<>();
    private final List<FakeChannel> opened = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final FakeSockets sockets = new FakeSockets();
    private UnaryOperator<List<byte[]>> listing = UnaryOperator.identity();
    private int refusedOpen = Integer.MAX_VALUE;
    private int refusal;

    FakeConntrack with(Connection... added) {
        connections.addAll(List.of(added));
        return this;
    }

    /** Changes the datagrams of every listing before they are read. */
    FakeConntrack spoil(UnaryOperator<List<byte[]>> how) {
        listing = how;
        return this;
    }

    /** Answers every change with an error. */
    FakeConntrack refuseChanges(int errno) {
        refusal = errno;
        return this;
    }

    /** Refuses one opening, counted from 1. */
    FakeConntrack refuseOpening(int nth) {
        refusedOpen = nth;
        return this;
    }

    FakeSockets sockets() {
        return sockets;
    }

    List<Connection> connections() {
        return connections;
    }

    /** Such as {@code delete} and {@code mark}, in the order in which they were asked for. */
    List<String> changes() {
        return changes;
    }

    List<FakeChannel> opened() {
        return opened;
    }

    @Override
    public NetlinkChannel open(int family, int groups) throws IOException {
        if (opened.size() + 1 == refusedOpen) {
            throw new NetlinkException("socket of a netlink socket", Errno.EPERM);
        }
        var channel = new FakeChannel(family == Netlink.NETLINK_SOCK_DIAG ? sockets : this::answer);
        opened.add(channel);
        return channel;
    }

    private List<byte[]> answer(byte[] request) {
        NetlinkBuffer buffer = new NetlinkBuffer(request.length);
        buffer.network().put(0, request);
        MessageReader message = new MessageReader(buffer);
        message.reset(request.length);
        message.next();
        int sequence = message.sequence();
        if (message.type() == Ctnetlink.GET) {
            return listing.apply(list(request[16] == Ctnetlink.INET ? Family.IPV4 : Family.IPV6, sequence));
        }
        AttributeReader attributes = new AttributeReader(buffer);
        message.attributes(attributes);
        int errno = refusal != 0 ? refusal : change(message.type(), new ChangeRequest(request, attributes));
        return List.of(KernelBytes.error(sequence, errno));
    }

    /** Two to a datagram, and the end in one of its own. */
    private List<byte[]> list(Family family, int sequence) {
        List<byte[]> datagrams = new ArrayList<>();
        List<byte[]> messages = connections.stream()
                .filter(connection -> connection.family() == family)
                .map(connection -> message(connection, sequence))
                .toList();
        for (int i = 0; i < messages.size(); i += 2) {
            datagrams.add(KernelBytes.join(
                    messages.subList(i, Math.min(i + 2, messages.size())).toArray(byte[][]::new)));
        }
        datagrams.add(KernelBytes.done(sequence, 0));
        return datagrams;
    }

    static byte[] message(Connection connection, int sequence) {
        int family = connection.family() == Family.IPV4 ? Ctnetlink.INET : Ctnetlink.INET6;
        return KernelBytes.netfilter(Ctnetlink.NEW, KernelBytes.MULTI, sequence, family, connection.attributes());
    }

    /** As ctnetlink_new_conntrack and ctnetlink_del_conntrack do it: without NLM_F_CREATE, nothing is made. */
    private int change(int type, ChangeRequest change) {
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(i);
            if (Arrays.equals(connection.name(), change.name) && connection.zone() == change.zone) {
                changes.add(type == Ctnetlink.DELETE ? "delete" : "mark");
                if (type == Ctnetlink.DELETE) {
                    connections.remove(i);
                } else {
                    connections.set(i, connection.marked((connection.mark() & ~change.mask) ^ change.mark));
                }
                return 0;
            }
        }
        return Errno.ENOENT;
    }

    private static final class ChangeRequest {

        private byte[] name = {};
        private int zone;
        private int mark;
        private int mask;

        ChangeRequest(byte[] request, AttributeReader attributes) {
            while (attributes.next()) {
                int from = attributes.offset();
                switch (attributes.type()) {
                    case Ctnetlink.TUPLE_ORIGINAL ->
                        name = Arrays.copyOfRange(request, from, from + attributes.length());
                    case Ctnetlink.ZONE -> zone = attributes.u16(0);
                    case Ctnetlink.MARK -> mark = attributes.u32(0);
                    case Ctnetlink.MARK_MASK -> mask = attributes.u32(0);
                    default -> throw new IllegalArgumentException("attribute " + attributes.type());
                }
            }
        }
    }
}
