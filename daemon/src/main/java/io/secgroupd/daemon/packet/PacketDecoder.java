package io.secgroupd.daemon.packet;

import io.secgroupd.rules.net.Family;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the headers of an IP packet. Total: every byte string gives a status and none an exception, and a check that the
 * bytes are there comes before each read.
 *
 * <p>The decoder relies on what the kernel has cut off or joined before its hooks (padding behind the packet, fragments). It
 * ignores checksums, because writing them may have been left to the network card.
 */
public final class PacketDecoder {

    private static final int IPV4_HEADER = 20;
    private static final int FRAGMENT_OFFSET = 0x1fff;

    private PacketDecoder() {}

    /**
     * Decodes the packet at {@code offset}.
     *
     * @param buffer the bytes in network order (big-endian); its position and limit are not changed
     * @param length the number of captured bytes, at most the length of the packet
     */
    public static DecodeStatus decode(ByteBuffer buffer, int offset, int length, PacketView into) {
        if (buffer.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("packets are big-endian");
        }
        into.clear();
        if (offset < 0 || length < 1 || length > buffer.limit() - offset) {
            return DecodeStatus.TRUNCATED;
        }
        return switch (buffer.get(offset) >> 4 & 0xf) {
            case 4 -> decodeIpv4(buffer, offset, length, into);
            case 6 -> Ipv6Headers.decode(buffer, offset, length, into);
            default -> DecodeStatus.BAD_VERSION;
        };
    }

    private static DecodeStatus decodeIpv4(ByteBuffer buffer, int offset, int captured, PacketView into) {
        if (captured < IPV4_HEADER) {
            return DecodeStatus.TRUNCATED;
        }
        into.sourceLow = buffer.getInt(offset + 12) & 0xffff_ffffL;
        into.destinationLow = buffer.getInt(offset + 16) & 0xffff_ffffL;
        into.protocol = buffer.get(offset + 9) & 0xff;
        int headerLength = (buffer.get(offset) & 0xf) * 4;
        int totalLength = buffer.getShort(offset + 2) & 0xffff;
        if (totalLength == 0) {
            // Segments merged beyond 64 KiB (BIG TCP) have no length that fits. A forged 0 never gets here: the kernel
            // drops every other packet whose length is below that of its header.
            totalLength = captured;
        }
        into.length = totalLength;
        if (headerLength < IPV4_HEADER || totalLength < headerLength) {
            return DecodeStatus.BAD_HEADER_LENGTH;
        }
        if ((buffer.getShort(offset + 6) & FRAGMENT_OFFSET) != 0) {
            return DecodeStatus.FRAGMENT;
        }
        int end = offset + Math.min(captured, totalLength);
        return TransportHeaders.decode(buffer, offset + headerLength, end, Family.IPV4, into);
    }
}
