package io.secgroupd.daemon.fuzz;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;

/** Any bytes as an answer of the kernel: messages, attributes and packets lie within them, and the walk ends. */
public final class NetlinkFuzz {

    private static final int CAPACITY = 1 << 16;
    private static final int LEAST_MESSAGE = 16;
    private static final int LEAST_ATTRIBUTE = 4;

    /** Nothing but what the reading of the counters themselves takes. */
    private static final long BASE = 1 << 16;

    private static final NetlinkBuffer BUFFER = new NetlinkBuffer(CAPACITY);
    private static final MessageReader MESSAGES = new MessageReader(BUFFER);
    private static final AttributeReader ATTRIBUTES = new AttributeReader(BUFFER);
    private static final AttributeReader INNER = new AttributeReader(BUFFER);
    private static final QueuedPacket PACKET = new QueuedPacket(BUFFER);

    private NetlinkFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        int length = Math.min(input.length, CAPACITY);
        BUFFER.network().put(0, input, 0, length);
        Cost.bounded(length, BASE, 0, () -> read(length));
    }

    private static void read(int length) {
        MESSAGES.reset(length);
        int count = 0;
        while (MESSAGES.next()) {
            count++;
            readMessage(length);
        }
        Claim.that(count <= length / LEAST_MESSAGE, "more messages than there is room for");
    }

    private static void readMessage(int length) {
        MESSAGES.errno();
        MESSAGES.sequence();
        MESSAGES.isInterrupted();
        if (PACKET.read(MESSAGES)) {
            Claim.that(PACKET.payloadLength() >= 0, "a packet of less than nothing");
            Claim.that(PACKET.payloadOffset() + PACKET.payloadLength() <= length, "a packet behind the end");
        }
        MESSAGES.attributes(ATTRIBUTES);
        int count = 0;
        while (ATTRIBUTES.next()) {
            count++;
            within(ATTRIBUTES, length);
            ATTRIBUTES.nested(INNER);
            while (INNER.next()) {
                within(INNER, ATTRIBUTES.offset() + ATTRIBUTES.length());
            }
        }
        Claim.that(count <= length / LEAST_ATTRIBUTE, "more attributes than there is room for");
    }

    private static void within(AttributeReader attribute, int end) {
        Claim.that(attribute.length() >= 0, "an attribute of less than nothing");
        Claim.that(attribute.offset() + attribute.length() <= end, "an attribute behind the end");
        attribute.u8(0);
        attribute.u16(1);
        attribute.u32(attribute.length() - 4);
        attribute.u64(attribute.length());
    }
}
