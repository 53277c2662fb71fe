package io.secgroupd.daemon.packet;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6EchoRequestPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc1349Tos;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.IcmpV4Code;
import org.pcap4j.packet.namednumber.IcmpV4Type;
import org.pcap4j.packet.namednumber.IcmpV6Code;
import org.pcap4j.packet.namednumber.IcmpV6Type;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.packet.namednumber.TcpPort;
import org.pcap4j.packet.namednumber.UdpPort;

/** Honest packets for tests, written by pcap4j: an implementation that shares no code with the decoder. */
public final class PacketBuilder {

    private PacketBuilder() {}

    /** A TCP packet from port 40000; {@code flags} is a word of {@code S A F R P}, as in tcpdump. */
    public static byte[] tcp(String source, String destination, int port, String flags) {
        return tcp(source, 40000, destination, port, flags);
    }

    public static byte[] tcp(String source, int sourcePort, String destination, int port, String flags) {
        return ip(source, destination, IpNumber.TCP, tcp(sourcePort, port, flags));
    }

    public static byte[] udp(String source, String destination, int port) {
        return udp(source, 40000, destination, port);
    }

    public static byte[] udp(String source, int sourcePort, String destination, int port) {
        return ip(source, destination, IpNumber.UDP, udp(sourcePort, port));
    }

    /** An ICMP message of the addresses' family with code 0, such as an echo request: 8 in IPv4, 128 in IPv6. */
    public static byte[] icmp(String source, String destination, int type, int identifier) {
        byte[] message = {(byte) type, 0, 0, 0, (byte) (identifier >> 8), (byte) identifier, 0, 0};
        IpNumber protocol = address(source) instanceof Inet4Address ? IpNumber.ICMPV4 : IpNumber.ICMPV6;
        return ip(source, destination, protocol, new UnknownPacket.Builder().rawData(message));
    }

    static byte[] ip(String source, String destination, IpNumber protocol, Packet.Builder payload) {
        return address(source) instanceof Inet4Address
                ? ipv4(source, destination, protocol, payload).build().getRawData()
                : ipv6(source, destination, protocol, payload).build().getRawData();
    }

    static TcpPacket.Builder tcp(int sourcePort, int destinationPort, String flags) {
        return new TcpPacket.Builder()
                .srcPort(TcpPort.getInstance((short) sourcePort))
                .dstPort(TcpPort.getInstance((short) destinationPort))
                .syn(flags.contains("S"))
                .ack(flags.contains("A"))
                .fin(flags.contains("F"))
                .rst(flags.contains("R"))
                .psh(flags.contains("P"))
                .correctLengthAtBuild(true);
    }

    static UdpPacket.Builder udp(int sourcePort, int destinationPort) {
        return new UdpPacket.Builder()
                .srcPort(UdpPort.getInstance((short) sourcePort))
                .dstPort(UdpPort.getInstance((short) destinationPort))
                .payloadBuilder(bytes(12))
                .correctLengthAtBuild(true);
    }

    static Packet.Builder icmpEcho() {
        return new IcmpV4CommonPacket.Builder()
                .type(IcmpV4Type.ECHO)
                .code(IcmpV4Code.NO_CODE)
                .payloadBuilder(new IcmpV4EchoPacket.Builder().identifier((short) 7));
    }

    static Packet.Builder icmpv6Echo() {
        return new IcmpV6CommonPacket.Builder()
                .type(IcmpV6Type.ECHO_REQUEST)
                .code(IcmpV6Code.NO_CODE)
                .payloadBuilder(new IcmpV6EchoRequestPacket.Builder().identifier((short) 7));
    }

    static Packet.Builder bytes(int count) {
        return new UnknownPacket.Builder().rawData(new byte[count]);
    }

    static IpV4Packet.Builder ipv4(String source, String destination, IpNumber protocol, Packet.Builder payload) {
        return new IpV4Packet.Builder()
                .version(IpVersion.IPV4)
                .tos(IpV4Rfc1349Tos.newInstance((byte) 0))
                .ttl((byte) 64)
                .protocol(protocol)
                .srcAddr((Inet4Address) address(source))
                .dstAddr((Inet4Address) address(destination))
                .options(List.of())
                .payloadBuilder(payload)
                .paddingAtBuild(true)
                .correctLengthAtBuild(true);
    }

    static IpV6Packet.Builder ipv6(String source, String destination, IpNumber next, Packet.Builder payload) {
        return new IpV6Packet.Builder()
                .version(IpVersion.IPV6)
                .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0))
                .flowLabel(IpV6SimpleFlowLabel.newInstance(0))
                .hopLimit((byte) 64)
                .nextHeader(next)
                .srcAddr((Inet6Address) address(source))
                .dstAddr((Inet6Address) address(destination))
                .payloadBuilder(payload)
                .correctLengthAtBuild(true);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException(text, notAnAddress);
        }
    }
}
