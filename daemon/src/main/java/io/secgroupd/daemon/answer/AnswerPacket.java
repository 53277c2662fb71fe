package io.secgroupd.daemon.answer;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import java.nio.ByteBuffer;

/** The bytes of one answer, written again for the next. It is never longer than an ICMP error has to be. */
final class AnswerPacket {

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int ICMP_HEADER = 8;
    /** Of what is behind the IP header, an error quotes the ports or the identifier (RFC 792). */
    private static final int QUOTED = 8;

    private static final int LONGEST = IPV4_HEADER + ICMP_HEADER + 60 + QUOTED;

    private static final int HOPS = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int RST_AND_ACK = 0x14;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LONGEST);
    private int length;

    /** The answer, from the start of the buffer. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** The bytes of the answer. */
    int length() {
        return length;
    }

    /**
     * Writes the answer to a packet.
     *
     * @param original holds the captured bytes of the packet at {@code offset}
     * @return false when it cannot be answered: the packet has extension headers, or too little of it was captured
     */
    boolean write(AnswerKind kind, Hook hook, PacketView packet, ByteBuffer original, int offset, int captured) {
        boolean ipv4 = packet.family() == Family.IPV4;
        int header = ipv4 ? (original.get(offset) & 0xf) * 4 : IPV6_HEADER;
        boolean isPlain = ipv4 || (original.get(offset + 6) & 0xff) == packet.protocol();
        if (!isPlain || captured < header + (kind == AnswerKind.RESET ? TCP_HEADER : QUOTED)) {
            return false;
        }
        int start = ipv4 ? IPV4_HEADER : IPV6_HEADER;
        if (kind == AnswerKind.RESET) {
            reset(packet, original, offset + header, header, start);
            addresses(packet, false, PacketView.TCP);
        } else {
            prohibited(ipv4, original, offset, header + QUOTED, start);
            addresses(packet, hook == Hook.OUTPUT, ipv4 ? PacketView.ICMP : PacketView.ICMPV6);
        }
        checksum(ipv4, kind, start);
        return true;
    }

    /** A reset of a connection that does not exist (RFC 9293, 3.10.7.1). */
    private void reset(PacketView packet, ByteBuffer original, int tcp, int header, int start) {
        int payload = packet.length() - header - (original.get(tcp + 12) >> 4 & 0xf) * 4;
        bytes.putShort(start, (short) packet.destinationPort())
                .putShort(start + 2, (short) packet.sourcePort())
                .putInt(start + 4, 0)
                .putInt(start + 8, packet.tcpSequence() + 1 + Math.max(0, payload))
                .putInt(start + 12, (TCP_HEADER / 4) << 28 | RST_AND_ACK << 16)
                .putInt(start + 16, 0);
        length = start + TCP_HEADER;
    }

    /** Type 3 code 13 (RFC 1812, 5.2.7.1), or type 1 code 1 of ICMPv6 (RFC 4443, 3.1). */
    private void prohibited(boolean ipv4, ByteBuffer original, int offset, int quoted, int start) {
        bytes.putInt(start, ipv4 ? 3 << 24 | 13 << 16 : 1 << 24 | 1 << 16).putInt(start + 4, 0);
        for (int i = 0; i < quoted; i++) {
            bytes.put(start + ICMP_HEADER + i, original.get(offset + i));
        }
        length = start + ICMP_HEADER + quoted;
    }

    /** @param toItself whether both addresses are the packet's source: an error about what a process of this host sent */
    private void addresses(PacketView packet, boolean toItself, int protocol) {
        long high = toItself ? packet.sourceHigh() : packet.destinationHigh();
        long low = toItself ? packet.sourceLow() : packet.destinationLow();
        if (packet.family() == Family.IPV6) {
            bytes.putInt(0, 6 << 28)
                    .putShort(4, (short) (length - IPV6_HEADER))
                    .putShort(6, (short) (protocol << 8 | HOPS))
                    .putLong(8, high)
                    .putLong(16, low)
                    .putLong(24, packet.sourceHigh())
                    .putLong(32, packet.sourceLow());
            return;
        }
        bytes.putInt(0, 0x45 << 24 | length)
                .putInt(4, DO_NOT_FRAGMENT)
                .putInt(8, HOPS << 24 | protocol << 16) // the kernel writes the checksum of the header
                .putInt(12, (int) low)
                .putInt(16, (int) packet.sourceLow());
    }

    private void checksum(boolean ipv4, AnswerKind kind, int start) {
        long sum = sum(start, length);
        if (kind == AnswerKind.RESET || !ipv4) { // over the addresses, the length and the protocol, too
            int protocol = kind == AnswerKind.RESET ? PacketView.TCP : PacketView.ICMPV6;
            sum += sum(ipv4 ? 12 : 8, start) + (length - start) + protocol;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        bytes.putShort(start + (kind == AnswerKind.RESET ? 16 : 2), (short) ~sum);
    }

    private long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += bytes.getShort(i) & 0xffff;
        }
        return sum;
    }
}
