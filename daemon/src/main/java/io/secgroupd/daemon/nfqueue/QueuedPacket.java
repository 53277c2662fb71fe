package io.secgroupd.daemon.nfqueue;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;

/** One packet that waits for its verdict, as a view of a message that is reused for the next packet. */
public final class QueuedPacket {

    /** Netfilter's numbers of the hooks that send packets to the queue. */
    public static final int LOCAL_IN = 1;

    public static final int FORWARD = 2;
    public static final int LOCAL_OUT = 3;

    /** Bytes of struct nfqnl_msg_packet_hdr: id 4, protocol 2, hook 1. */
    private static final int PACKET_HEADER_BYTES = 7;

    private final AttributeReader attributes;
    private boolean identified;
    private int id;
    private int hook;
    private int mark;
    private int inInterface;
    private int payloadOffset;
    private int payloadLength;

    public QueuedPacket(NetlinkBuffer buffer) {
        attributes = new AttributeReader(buffer);
    }

    /** Reports whether a message carries a packet; other messages are errors and acknowledgements. */
    public static boolean isPacket(MessageReader message) {
        return message.type() == NfnetlinkQueue.PACKET;
    }

    /**
     * Reads the current message. No content of it makes this throw.
     *
     * @return false when the message has no packet id, so that no answer is possible
     */
    public boolean read(MessageReader message) {
        clear();
        message.attributes(attributes);
        while (attributes.next()) {
            readAttribute();
        }
        return identified;
    }

    private void readAttribute() {
        switch (attributes.type()) {
            case NfnetlinkQueue.PACKET_HEADER -> readPacketHeader();
            case NfnetlinkQueue.MARK -> mark = attributes.u32(0);
            case NfnetlinkQueue.IN_INTERFACE -> inInterface = attributes.u32(0);
            case NfnetlinkQueue.PAYLOAD -> {
                payloadOffset = attributes.offset();
                payloadLength = attributes.length();
            }
            default -> {
                // No rule asks for timestamps, hardware addresses, user ids or the outgoing interface.
            }
        }
    }

    private void readPacketHeader() {
        identified = attributes.length() >= PACKET_HEADER_BYTES;
        id = attributes.u32(0);
        hook = attributes.u8(6);
    }

    private void clear() {
        identified = false;
        id = 0;
        hook = 0;
        mark = 0;
        inInterface = 0;
        payloadOffset = 0;
        payloadLength = 0;
    }

    /** The id by which a verdict names the packet. */
    public int id() {
        return id;
    }

    /** The hook: {@link #LOCAL_IN}, {@link #FORWARD}, {@link #LOCAL_OUT}, or another number of netfilter's. */
    public int hook() {
        return hook;
    }

    /** The packet mark, 32 bits; 0 when the packet has none. */
    public int mark() {
        return mark;
    }

    /** The index of the interface that the packet came in by; 0 when it comes from this host. */
    public int inInterface() {
        return inInterface;
    }

    /** The offset of the IP header in the buffer. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** The captured bytes of the packet. */
    public int payloadLength() {
        return payloadLength;
    }
}
