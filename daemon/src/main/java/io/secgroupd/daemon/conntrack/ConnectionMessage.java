package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.net.FlowTuple;
import java.util.Optional;

/** Reads the messages of a listing. The kernel can be given the key of the last entry again, byte for byte. */
final class ConnectionMessage {

    private final NetlinkBuffer buffer;
    private final AttributeReader attributes;
    private final AttributeReader inner;
    private final AttributeReader innermost;
    private final Tuple original;
    private final Tuple reply;
    private int tupleOffset;
    private int tupleLength;
    private int zone;
    private int mark;
    private boolean midstream;

    ConnectionMessage(NetlinkBuffer buffer) {
        this.buffer = buffer;
        attributes = new AttributeReader(buffer);
        inner = new AttributeReader(buffer);
        innermost = new AttributeReader(buffer);
        original = new Tuple(inner, innermost);
        reply = new Tuple(inner, innermost);
    }

    /** Reads an entry; empty when it says too little about the connection to judge it. */
    Optional<LiveConnection> read(MessageReader message) {
        original.clear();
        reply.clear();
        tupleLength = 0;
        zone = 0;
        mark = 0;
        midstream = false;
        message.attributes(attributes);
        while (attributes.next()) {
            readAttribute();
        }
        return connection();
    }

    private void readAttribute() {
        switch (attributes.type()) {
            case Ctnetlink.TUPLE_ORIGINAL -> {
                tupleOffset = attributes.offset();
                tupleLength = attributes.length();
                original.read(attributes);
            }
            case Ctnetlink.TUPLE_REPLY -> reply.read(attributes);
            case Ctnetlink.MARK -> mark = attributes.u32(0);
            case Ctnetlink.ZONE -> zone = attributes.u16(0);
            case Ctnetlink.PROTOCOL_INFO -> readProtocolInfo();
            default -> {}
        }
    }

    private void readProtocolInfo() {
        attributes.nested(inner);
        while (inner.next()) {
            inner.nested(innermost);
            while (inner.type() == Ctnetlink.TCP && innermost.next()) {
                if (innermost.type() == Ctnetlink.TCP_FLAGS_ORIGINAL) {
                    midstream = (innermost.u8(0) & Ctnetlink.TCP_BE_LIBERAL) != 0;
                }
            }
        }
    }

    private Optional<LiveConnection> connection() {
        // A truncated value is read as 0, so the entry would be judged as another connection.
        if (attributes.malformed() || original.malformed || reply.malformed) {
            return Optional.empty();
        }
        if (original.source == null
                || original.destination == null
                || reply.source == null
                || original.destination.family() != original.source.family()
                || reply.source.family() != original.source.family()) {
            return Optional.empty();
        }
        FlowTuple opened = new FlowTuple(
                original.source,
                original.destination,
                original.protocol,
                original.sourcePort,
                original.destinationPort,
                original.icmpType,
                original.icmpCode);
        FlowTuple answerer = new FlowTuple(
                original.source,
                reply.source,
                original.protocol,
                original.sourcePort,
                reply.sourcePort,
                original.icmpType,
                original.icmpCode);
        return Optional.of(new LiveConnection(opened, answerer, midstream));
    }

    /** The flow that the answering end sends: its ends are those of the socket when the connection came to this host. */
    Optional<FlowTuple> answers() {
        if (reply.source == null || reply.destination == null || reply.source.family() != reply.destination.family()) {
            return Optional.empty();
        }
        return Optional.of(new FlowTuple(
                reply.source,
                reply.destination,
                original.protocol,
                reply.sourcePort,
                reply.destinationPort,
                original.icmpType,
                original.icmpCode));
    }

    int mark() {
        return mark;
    }

    int zone() {
        return zone;
    }

    /** The attribute by which the kernel finds the entry. */
    byte[] tuple() {
        byte[] bytes = new byte[tupleLength];
        buffer.network().get(tupleOffset, bytes);
        return bytes;
    }
}
