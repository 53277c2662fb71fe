package io.secgroupd.daemon.testkit;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/** An IP packet with right lengths and checksums, and with whatever else a test wants wrong about it. */
public final class WirePacket {

    public static final int HOP_BY_HOP = 0;
    public static final int ROUTING = 43;
    public static final int FRAGMENT = 44;
    public static final int DESTINATION_OPTIONS = 60;
    public static final int HIP = 139;

    /** Pieces of one packet have its number in common: no two packets do, or their pieces would be joined. */
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    private final byte[] source;
    private final byte[] destination;
    private final List<byte[]> extensions = new ArrayList<>();
    private final List<Integer> extensionTypes = new ArrayList<>();

    private WirePacket(byte[] source, byte[] destination) {
        this.source = source;
        this.destination = destination;
    }

    public static WirePacket of(String source, String destination) {
        return new WirePacket(address(source, destination), address(destination, destination));
    }

    /** A mapped address is IPv6 on the wire, although Java would make an IPv4 address of it. */
    private static byte[] address(String text, String sameFamilyAs) {
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            if (bytes.length == 4 && sameFamilyAs.contains(":")) {
                byte[] mapped = new byte[16];
                mapped[10] = (byte) 0xff;
                mapped[11] = (byte) 0xff;
                System.arraycopy(bytes, 0, mapped, 12, 4);
                return mapped;
            }
            return bytes;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Adds an IPv6 extension header of 8 bytes; its body is the 6 behind next header and length. */
    public WirePacket extension(int type, int... body) {
        byte[] header = new byte[8];
        for (int i = 0; i < body.length; i++) {
            header[i + 2] = (byte) body[i];
        }
        extensions.add(header);
        extensionTypes.add(type);
        return this;
    }

    /**
     * A segment that opens or continues a connection.
     *
     * @param flags as in the header, FIN lowest
     */
    public byte[] tcp(int sourcePort, int destinationPort, int flags, byte... data) {
        return segment(sourcePort, destinationPort, flags, 1_000_000, (flags & 0x10) == 0 ? 0 : 2_000_000, data);
    }

    /** A segment with these numbers of the first byte that it has, and of the next one that it awaits. */
    public byte[] segment(
            int sourcePort, int destinationPort, int flags, int sequence, int acknowledged, byte... data) {
        ByteBuffer segment = ByteBuffer.allocate(20 + data.length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(sequence)
                .putInt(acknowledged)
                .put((byte) 0x50)
                .put((byte) flags)
                .putShort((short) 8192)
                .putInt(0)
                .put(data);
        return payload(TCP, checksummed(segment, 16, TCP));
    }

    public byte[] udp(int sourcePort, int destinationPort, byte... data) {
        ByteBuffer datagram = ByteBuffer.allocate(8 + data.length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putShort((short) (8 + data.length))
                .putShort((short) 0)
                .put(data);
        return payload(UDP, checksummed(datagram, 6, UDP));
    }

    /** ICMP or ICMPv6, by the family of the addresses. */
    public byte[] icmp(int type, int code, int identifier) {
        ByteBuffer rest = ByteBuffer.allocate(12).putShort((short) identifier).putShort((short) 1);
        return message(type, code, rest.array());
    }

    /**
     * ICMP or ICMPv6, by the family of the addresses.
     *
     * @param rest what follows the checksum
     */
    public byte[] message(int type, int code, byte... rest) {
        ByteBuffer message = ByteBuffer.allocate(4 + rest.length)
                .put((byte) type)
                .put((byte) code)
                .putShort((short) 0)
                .put(rest);
        return isIpv4() ? payload(1, checksummed(message, 2, 0)) : payload(58, checksummed(message, 2, 58));
    }

    /** The chunk that opens an SCTP association. */
    public byte[] sctpInit(int sourcePort, int destinationPort) {
        ByteBuffer init = ByteBuffer.allocate(32)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(0)
                .putInt(0)
                .putInt(0x0100_0014)
                .putInt(7)
                .putInt(65536)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(1);
        CRC32C crc = new CRC32C();
        crc.update(init.array());
        return payload(
                SCTP, init.putInt(8, Integer.reverseBytes((int) crc.getValue())).array());
    }

    /** Any protocol. */
    public byte[] payload(int protocol, byte... payload) {
        return isIpv4() ? ipv4(protocol, payload) : ipv6(protocol, payload);
    }

    private byte[] ipv4(int protocol, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(20 + payload.length)
                .putShort((short) 0x4500)
                .putShort((short) (20 + payload.length))
                .putShort((short) NUMBERS.incrementAndGet())
                .putShort((short) 0)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(source)
                .put(destination)
                .put(payload);
        return packet.putShort(10, checksum(Arrays.copyOf(packet.array(), 20))).array();
    }

    private byte[] ipv6(int protocol, byte[] payload) {
        ByteArrayOutputStream chain = new ByteArrayOutputStream();
        for (int i = 0; i < extensions.size(); i++) {
            byte[] header = extensions.get(i);
            header[0] = (byte) (i + 1 < extensions.size() ? extensionTypes.get(i + 1) : protocol);
            chain.writeBytes(header);
        }
        chain.writeBytes(payload);
        return ByteBuffer.allocate(40 + chain.size())
                .putInt(0x6000_0000 | NUMBERS.incrementAndGet())
                .putShort((short) chain.size())
                .put((byte) (extensions.isEmpty() ? protocol : extensionTypes.get(0)))
                .put((byte) 64)
                .put(source)
                .put(destination)
                .put(chain.toByteArray())
                .array();
    }

    /** A piece of a packet. */
    public static byte[] fragment(byte[] packet, int from, int to, boolean more) {
        return packet[0] >> 4 == 4 ? fragment4(packet, from, to, more) : fragment6(packet, from, to, more);
    }

    private static byte[] fragment4(byte[] packet, int from, int to, boolean more) {
        byte[] piece = new byte[20 + to - from];
        System.arraycopy(packet, 0, piece, 0, 20);
        System.arraycopy(packet, 20 + from, piece, 20, to - from);
        ByteBuffer header = ByteBuffer.wrap(piece)
                .putShort(2, (short) piece.length)
                .putShort(6, (short) (from / 8 | (more ? 0x2000 : 0)))
                .putShort(10, (short) 0);
        header.putShort(10, checksum(Arrays.copyOf(piece, 20)));
        return piece;
    }

    private static byte[] fragment6(byte[] packet, int from, int to, boolean more) {
        byte[] piece = new byte[48 + to - from];
        System.arraycopy(packet, 0, piece, 0, 40);
        System.arraycopy(packet, 40 + from, piece, 48, to - from);
        ByteBuffer.wrap(piece)
                .putShort(4, (short) (8 + to - from))
                .put(6, (byte) FRAGMENT)
                .put(40, packet[6])
                .putShort(42, (short) (from | (more ? 1 : 0)))
                .putInt(44, ByteBuffer.wrap(packet).getInt() & 0xfffff);
        return piece;
    }

    private boolean isIpv4() {
        return source.length == 4;
    }

    /** Fills in the checksum of a message that covers nothing else, as ICMP has it. */
    public static byte[] withChecksum(byte[] message, int at) {
        return ByteBuffer.wrap(message).putShort(at, checksum(message)).array();
    }

    /** @param protocol of the pseudo header; 0 for none */
    private byte[] checksummed(ByteBuffer filled, int at, int protocol) {
        byte[] segment = new byte[filled.capacity()];
        filled.get(0, segment);
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        if (protocol != 0) {
            covered.writeBytes(source);
            covered.writeBytes(destination);
            covered.writeBytes(ByteBuffer.allocate(8)
                    .putInt(segment.length)
                    .putInt(protocol)
                    .array());
        }
        covered.writeBytes(segment);
        return ByteBuffer.wrap(segment)
                .putShort(at, checksum(covered.toByteArray()))
                .array();
    }

    private static short checksum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
