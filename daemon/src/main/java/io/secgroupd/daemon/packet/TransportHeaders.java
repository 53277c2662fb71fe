package io.secgroupd.daemon.packet;

import io.secgroupd.rules.net.Family;
import java.nio.ByteBuffer;

/** Ports, flags and ICMP types. Other protocols are judged by their number alone, so nothing of theirs is read. */
final class TransportHeaders {

    /** Without options. All of it must be there, as connection tracking demands too, although ports need only 4 bytes. */
    private static final int TCP_HEADER = 20;

    private static final int UDP_HEADER = 8;
    private static final int ICMP_HEADER = 8;

    private TransportHeaders() {}

    /** Decodes the header of {@code into.protocol} between {@code start} and {@code end}; start may lie behind end. */
    static DecodeStatus decode(ByteBuffer buffer, int start, int end, Family family, PacketView into) {
        return switch (into.protocol) {
            case PacketView.TCP -> tcp(buffer, start, end, into);
            case PacketView.UDP -> udp(buffer, start, end, into);
            // An ICMP of the other family is a protocol like any other: no stack reads its type, so no rule may.
            case PacketView.ICMP -> family == Family.IPV4 ? icmp(buffer, start, end, into) : other(start, end);
            case PacketView.ICMPV6 -> family == Family.IPV6 ? icmp(buffer, start, end, into) : other(start, end);
            default -> other(start, end);
        };
    }

    private static DecodeStatus tcp(ByteBuffer buffer, int start, int end, PacketView into) {
        if (end - start < TCP_HEADER) {
            return DecodeStatus.TRUNCATED;
        }
        if ((buffer.get(start + 12) >> 4 & 0xf) * 4 < TCP_HEADER) {
            return DecodeStatus.BAD_HEADER_LENGTH;
        }
        into.tcpSequence = buffer.getInt(start + 4);
        into.tcpFlags = buffer.get(start + 13) & 0xff;
        readPorts(buffer, start, into);
        return DecodeStatus.OK;
    }

    private static DecodeStatus udp(ByteBuffer buffer, int start, int end, PacketView into) {
        if (end - start < UDP_HEADER) {
            return DecodeStatus.TRUNCATED;
        }
        readPorts(buffer, start, into);
        return DecodeStatus.OK;
    }

    private static void readPorts(ByteBuffer buffer, int start, PacketView into) {
        into.sourcePort = buffer.getShort(start) & 0xffff;
        into.destinationPort = buffer.getShort(start + 2) & 0xffff;
    }

    private static DecodeStatus icmp(ByteBuffer buffer, int start, int end, PacketView into) {
        if (end - start < ICMP_HEADER) {
            return DecodeStatus.TRUNCATED;
        }
        into.icmpType = buffer.get(start) & 0xff;
        into.icmpCode = buffer.get(start + 1) & 0xff;
        into.icmpIdentifier = buffer.getShort(start + 4) & 0xffff;
        return DecodeStatus.OK;
    }

    private static DecodeStatus other(int start, int end) {
        return start <= end ? DecodeStatus.OK : DecodeStatus.TRUNCATED;
    }
}
