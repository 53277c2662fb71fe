package io.secgroupd.daemon.nfqueue;

import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;

/** Messages as the kernel writes them for queued packets. */
public final class PacketMessages {

    /** NFQA_CAP_LEN, which is not read. */
    private static final int ORIGINAL_LENGTH = 13;

    private PacketMessages() {}

    /** The message of one packet; {@code inInterface} 0 for one that this host sends. */
    public static byte[] packet(int id, int hook, int inInterface, byte[] packet) {
        return packet(id, hook, inInterface, 0x77, packet);
    }

    static byte[] packet(int id, int hook, int inInterface, int mark, byte[] packet) {
        MessageWriter writer = new MessageWriter(new NetlinkBuffer(packet.length + 256));
        writer.begin(NfnetlinkQueue.PACKET, 0, 0, NfnetlinkQueue.INET_FAMILY, 4700)
                .bytes(
                        NfnetlinkQueue.PACKET_HEADER,
                        (byte) (id >> 24),
                        (byte) (id >> 16),
                        (byte) (id >> 8),
                        (byte) id,
                        (byte) 8,
                        (byte) 0,
                        (byte) hook);
        if (inInterface != 0) {
            writer.u32(NfnetlinkQueue.IN_INTERFACE, inInterface);
        }
        writer.u32(NfnetlinkQueue.MARK, mark)
                .u32(ORIGINAL_LENGTH, packet.length)
                .bytes(NfnetlinkQueue.PAYLOAD, packet)
                .end();
        return copy(writer);
    }

    /** What the kernel answers to a verdict for a packet that is gone. */
    public static byte[] error(int errno) {
        MessageWriter writer = new MessageWriter(new NetlinkBuffer(64));
        // The number lies where a netfilter message has its header, in host order.
        writer.begin(Netlink.ERROR, 0, 0, 0, 0).end();
        writer.buffer().host().putInt(16, -errno);
        return copy(writer);
    }

    /** A packet that no verdict could name. */
    public static byte[] withoutId() {
        MessageWriter writer = new MessageWriter(new NetlinkBuffer(64));
        writer.begin(NfnetlinkQueue.PACKET, 0, 0, NfnetlinkQueue.INET_FAMILY, 4700)
                .u32(NfnetlinkQueue.PACKET_HEADER, 1)
                .end();
        return copy(writer);
    }

    static byte[] copy(MessageWriter writer) {
        byte[] bytes = new byte[writer.length()];
        writer.buffer().network().get(0, bytes);
        return bytes;
    }
}
