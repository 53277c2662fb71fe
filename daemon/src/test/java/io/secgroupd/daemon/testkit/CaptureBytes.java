package io.secgroupd.daemon.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Capture files, written byte by byte as their specifications say, and the link layers of frames in them. */
public final class CaptureBytes {

    public static final int ETHERNET = 1;
    public static final int RAW = 101;

    private static final int SECTION_HEADER = 0x0a0d_0d0a;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;

    private CaptureBytes() {}

    /** A pcap file (draft-ietf-opsawg-pcap); its packets are a millisecond apart. */
    public static byte[] pcap(int link, List<byte[]> frames) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(little(24)
                .putInt(0xa1b2_c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65535)
                .putInt(link)
                .array());
        int millis = 0;
        for (byte[] frame : frames) {
            out.writeBytes(little(16)
                    .putInt(1_700_000_000)
                    .putInt(1000 * millis++)
                    .putInt(frame.length)
                    .putInt(frame.length)
                    .array());
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    /** A pcapng file (draft-ietf-opsawg-pcapng) with one interface of each link, and all packets on the last of them. */
    public static byte[] pcapng(List<Integer> links, List<byte[]> frames) {
        var out = new ByteArrayOutputStream();
        block(
                out,
                SECTION_HEADER,
                little(16).putInt(0x1a2b_3c4d).putInt(1).putLong(-1).array());
        for (int link : links) {
            block(out, INTERFACE, little(8).putInt(link).putInt(65535).array());
        }
        for (byte[] frame : frames) {
            block(
                    out,
                    PACKET,
                    little(20 + (frame.length + 3) / 4 * 4)
                            .putInt(links.size() - 1)
                            .putLong(0)
                            .putInt(frame.length)
                            .putInt(frame.length)
                            .put(frame)
                            .array());
        }
        return out.toByteArray();
    }

    private static void block(ByteArrayOutputStream out, int type, byte[] body) {
        out.writeBytes(little(8).putInt(type).putInt(body.length + 12).array());
        out.writeBytes(body);
        out.writeBytes(little(4).putInt(body.length + 12).array());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An Ethernet frame; before the EtherType stand VLAN tags, each by its own EtherType. */
    public static byte[] ethernet(byte[] packet, int... tags) {
        var frame = ByteBuffer.allocate(14 + 4 * tags.length + packet.length).position(12);
        for (int tag : tags) {
            frame.putShort((short) tag).putShort((short) 7);
        }
        return frame.putShort(etherType(packet)).put(packet).array();
    }

    /** What the device {@code any} gives, LINUX_SLL2, with the packet type of packet(7): 0 arriving, 4 leaving. */
    public static byte[] cooked(byte[] packet, int interfaceIndex, int device, int packetType) {
        return ByteBuffer.allocate(20 + packet.length)
                .putShort(etherType(packet))
                .putShort((short) 0)
                .putInt(interfaceIndex)
                .putShort((short) device)
                .put((byte) packetType)
                .position(20)
                .put(packet)
                .array();
    }

    private static short etherType(byte[] packet) {
        return (short) (packet[0] >> 4 == 4 ? 0x0800 : 0x86dd);
    }
}
