package io.secgroupd.daemon.nfqueue;

import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.nio.ByteBuffer;

/**
 * A packet that nobody has sent, with the headers that rules look at and no valid checksum.
 *
 * @param hook where it is met
 * @param protocol TCP, UDP, or the ICMP of its family, by number
 * @param selector the destination port, or ICMP type and code as 16 bits
 * @param tcpFlags as in the header, FIN lowest; without meaning for other protocols
 */
public record PracticePacket(
        Hook hook, IpAddress source, IpAddress destination, int protocol, int sourcePort, int selector, int tcpFlags) {

    private static final int TCP = 6;
    private static final int UDP = 17;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int SHORT_HEADER = 8;
    private static final int HOPS = 64;

    /** The attributes of a message besides the payload, with room to spare. */
    private static final int OVERHEAD = 128;

    /** ETH_P_IP of linux/if_ether.h; the protocol of the link is not read. */
    private static final short LINK_PROTOCOL = 0x0800;

    /** Writes the message by which the kernel would hand out this packet. */
    byte[] message() {
        var writer = new MessageWriter(new NetlinkBuffer(IPV6_HEADER + TCP_HEADER + OVERHEAD));
        writer.begin(NfnetlinkQueue.PACKET, 0, 0, NfnetlinkQueue.INET_FAMILY, 0)
                .bytes(NfnetlinkQueue.PACKET_HEADER, packetHeader())
                .u32(NfnetlinkQueue.IN_INTERFACE, hook == Hook.OUTPUT ? 0 : 1)
                .bytes(NfnetlinkQueue.PAYLOAD, bytes())
                .end();
        var message = new byte[writer.length()];
        writer.buffer().network().get(0, message);
        return message;
    }

    /** Returns the place of the TCP sequence number in the message, which ends with it and twelve bytes more; 0 without one. */
    int sequenceAt() {
        return protocol == TCP ? message().length - TCP_HEADER + Integer.BYTES : 0;
    }

    /** struct nfqnl_msg_packet_hdr: id 4, protocol 2, hook 1. */
    private byte[] packetHeader() {
        int number = switch (hook) {
            case INPUT -> QueuedPacket.LOCAL_IN;
            case FORWARD -> QueuedPacket.FORWARD;
            case OUTPUT -> QueuedPacket.LOCAL_OUT;
        };
        return ByteBuffer.allocate(7)
                .putInt(1)
                .putShort(LINK_PROTOCOL)
                .put((byte) number)
                .array();
    }

    private byte[] bytes() {
        boolean ipv4 = source.family() == Family.IPV4;
        int transport = protocol == TCP ? TCP_HEADER : SHORT_HEADER;
        ByteBuffer packet = ByteBuffer.allocate((ipv4 ? IPV4_HEADER : IPV6_HEADER) + transport);
        if (ipv4) {
            packet.putShort((short) 0x4500)
                    .putShort((short) packet.capacity())
                    .putInt(0)
                    .putShort((short) (HOPS << 8 | protocol))
                    .putShort((short) 0);
        } else {
            packet.putInt(0x6000_0000).putShort((short) transport).putShort((short) (protocol << 8 | HOPS));
        }
        packet.put(source.toBytes()).put(destination.toBytes());
        putTransport(packet, transport);
        return packet.array();
    }

    private void putTransport(ByteBuffer packet, int bytes) {
        if (protocol != TCP && protocol != UDP) {
            packet.putShort((short) selector);
            return;
        }
        packet.putShort((short) sourcePort).putShort((short) selector);
        if (protocol == TCP) {
            packet.putLong(0).putShort((short) (0x5000 | tcpFlags));
        } else {
            packet.putShort((short) bytes);
        }
    }
}
