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

    /** An Ethernet frame with something else than a packet behind its EtherType, before which VLAN tags may stand. */
    public static byte[] ethernetOf(int etherType, byte[] payload, int... tags) {
        var frame = ByteBuffer.allocate(14 + 4 * tags.length + payload.length).position(12);
        for (int tag : tags) {
            frame.putShort((short) tag).putShort((short) 7);
        }
        return frame.putShort((short) etherType).put(payload).array();
    }

    /** A PPPoE session's payload (RFC 2516). */
    public static byte[] pppoe(int pppProtocol, byte[] packet) {
        return ByteBuffer.allocate(8 + packet.length)
                .putShort((short) 0x1100)
                .putShort((short) 1)
                .putShort((short) (packet.length + 2))
                .putShort((short) pppProtocol)
                .put(packet)
                .array();
    }

    /** So many MPLS labels before a payload (RFC 3032). */
    public static byte[] mpls(int labels, byte[] payload) {
        var stack = ByteBuffer.allocate(4 * labels + payload.length);
        for (int i = 1; i <= labels; i++) {
            stack.putInt((16 + i) << 12 | (i == labels ? 0x100 : 0) | 64);
        }
        return stack.put(payload).array();
    }

    /** The same file with other times in the headers of its packets, which are all equally long. */
    public static byte[] timed(byte[] pcap, int frameLength, int... secondsAndMicros) {
        var file = ByteBuffer.wrap(pcap.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < secondsAndMicros.length / 2; i++) {
            int header = 24 + i * (16 + frameLength);
            file.putInt(header, secondsAndMicros[2 * i]).putInt(header + 4, secondsAndMicros[2 * i + 1]);
        }
        return file.array();
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
