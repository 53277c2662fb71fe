package io.secgroupd.daemon.packet;

import static io.secgroupd.daemon.packet.PacketBuilder.bytes;
import static io.secgroupd.daemon.packet.PacketBuilder.icmpEcho;
import static io.secgroupd.daemon.packet.PacketBuilder.icmpv6Echo;
import static io.secgroupd.daemon.packet.PacketBuilder.ipv4;
import static io.secgroupd.daemon.packet.PacketBuilder.ipv6;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.pcap4j.packet.IpV4NoOperationOption;
import org.pcap4j.packet.IpV6ExtDestinationOptionsPacket;
import org.pcap4j.packet.IpV6ExtFragmentPacket;
import org.pcap4j.packet.IpV6ExtHopByHopOptionsPacket;
import org.pcap4j.packet.IpV6Pad1Option;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.IpNumber;

/** Every shape of honest packet that the decoder must read, with what it must read there. */
final class PacketCorpus {

    /**
     * One packet.
     *
     * @param expected the line of {@link Packets#decode(byte[])} for the whole packet
     * @param needed   bytes of headers: a shorter capture must not be OK
     */
    record Sample(String name, String hex, String expected, int needed) {
        static Sample of(String name, Packet packet, String expected, int needed) {
            return new Sample(name, HexFormat.of().formatHex(packet.getRawData()), expected, needed);
        }

        byte[] bytes() {
            return Packets.hex(hex);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String A4 = "10.0.0.1";
    private static final String B4 = "10.0.0.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";

    private PacketCorpus() {}

    static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        addIpv4(samples);
        addIpv4Odd(samples);
        addIpv6(samples);
        addIpv6Chains(samples);
        return samples;
    }

    private static void addIpv4(List<Sample> to) {
        to.add(v4("tcp syn", IpNumber.TCP, tcp(40000, 443, "S"), "OK tcp 10.0.0.1:40000 > 10.0.0.2:443 flags 02", 40));
        to.add(v4(
                "tcp syn with data, as Fast Open sends it",
                IpNumber.TCP,
                tcp(40000, 443, "S").payloadBuilder(bytes(100)),
                "OK tcp 10.0.0.1:40000 > 10.0.0.2:443 flags 02",
                40));
        to.add(v4("tcp psh ack", IpNumber.TCP, tcp(1, 65535, "PA"), "OK tcp 10.0.0.1:1 > 10.0.0.2:65535 flags 18", 40));
        to.add(v4("udp", IpNumber.UDP, udp(53, 65535), "OK udp 10.0.0.1:53 > 10.0.0.2:65535", 28));
        to.add(v4("icmp echo", IpNumber.ICMPV4, icmpEcho(), "OK 1 10.0.0.1 > 10.0.0.2 type 8 code 0", 28));
        to.add(v4("gre", IpNumber.GRE, bytes(24), "OK 47 10.0.0.1 > 10.0.0.2 type 0 code 0", 20));
        to.add(v4(
                "icmpv6 over IPv4: a number, no type",
                IpNumber.ICMPV6,
                icmpv6Echo(),
                "OK 58 10.0.0.1 > 10.0.0.2 type 0 code 0",
                20));
    }

    private static void addIpv4Odd(List<Sample> to) {
        to.add(Sample.of(
                "tcp behind forty bytes of options",
                ipv4(A4, B4, IpNumber.TCP, tcp(40000, 22, "S"))
                        .options(Collections.nCopies(40, IpV4NoOperationOption.getInstance()))
                        .build(),
                "OK tcp 10.0.0.1:40000 > 10.0.0.2:22 flags 02",
                80));
        to.add(Sample.of(
                "first fragment with its ports",
                ipv4(A4, B4, IpNumber.UDP, udp(53, 53)).moreFragmentFlag(true).build(),
                "OK udp 10.0.0.1:53 > 10.0.0.2:53",
                28));
        to.add(Sample.of(
                "later fragment",
                ipv4(A4, B4, IpNumber.UDP, udp(53, 53))
                        .fragmentOffset((short) 1)
                        .build(),
                "FRAGMENT",
                40));
    }

    private static void addIpv6(List<Sample> to) {
        to.add(v6("tcp syn 6", IpNumber.TCP, tcp(40000, 443, "S"), tcp6(443), 60));
        to.add(v6("udp 6", IpNumber.UDP, udp(53, 53), "OK udp 2001:db8::1:53 > 2001:db8::2:53", 48));
        to.add(v6("icmpv6 echo", IpNumber.ICMPV6, icmpv6Echo(), "OK 58 2001:db8::1 > 2001:db8::2 type 128 code 0", 48));
        to.add(v6("icmp over IPv6", IpNumber.ICMPV4, icmpEcho(), "OK 1 2001:db8::1 > 2001:db8::2 type 0 code 0", 40));
        to.add(v6("esp", IpNumber.ESP, bytes(24), "OK 50 2001:db8::1 > 2001:db8::2 type 0 code 0", 40));
        to.add(v6(
                "no next header", IpNumber.IPV6_NONXT, bytes(8), "OK 59 2001:db8::1 > 2001:db8::2 type 0 code 0", 40));
    }

    private static void addIpv6Chains(List<Sample> to) {
        Packet.Builder tcp = tcp(40000, 443, "S");
        to.add(v6("hop-by-hop", IpNumber.IPV6_HOPOPT, hopByHop(IpNumber.TCP, 6, tcp), tcp6(443), 68));
        to.add(v6("destination options", IpNumber.IPV6_DST_OPTS, options(IpNumber.TCP, 14, tcp), tcp6(443), 76));
        to.add(v6("atomic fragment", IpNumber.IPV6_FRAG, fragment(IpNumber.TCP, 0, tcp), tcp6(443), 68));
        to.add(v6("fragment with offset", IpNumber.IPV6_FRAG, fragment(IpNumber.TCP, 1, tcp), "FRAGMENT", 68));
        Packet.Builder destination = options(IpNumber.TCP, 6, tcp);
        Packet.Builder joined = fragment(IpNumber.IPV6_DST_OPTS, 0, destination);
        to.add(v6("three headers", IpNumber.IPV6_HOPOPT, hopByHop(IpNumber.IPV6_FRAG, 6, joined), tcp6(443), 84));
        to.add(v6(
                "hop-by-hop in second place",
                IpNumber.IPV6_DST_OPTS,
                options(IpNumber.IPV6_HOPOPT, 6, hopByHop(IpNumber.TCP, 6, tcp)),
                "HEADER_OUT_OF_ORDER",
                76));
    }

    private static String tcp6(int port) {
        return "OK tcp 2001:db8::1:40000 > 2001:db8::2:" + port + " flags 02";
    }

    private static Sample v4(String name, IpNumber protocol, Packet.Builder payload, String expected, int needed) {
        return Sample.of(name, ipv4(A4, B4, protocol, payload).build(), expected, needed);
    }

    private static Sample v6(String name, IpNumber next, Packet.Builder payload, String expected, int needed) {
        return Sample.of(name, ipv6(A6, B6, next, payload).build(), expected, needed);
    }

    private static Packet.Builder hopByHop(IpNumber next, int pads, Packet.Builder payload) {
        return new IpV6ExtHopByHopOptionsPacket.Builder()
                .nextHeader(next)
                .options(Collections.nCopies(pads, IpV6Pad1Option.getInstance()))
                .payloadBuilder(payload)
                .correctLengthAtBuild(true);
    }

    private static Packet.Builder options(IpNumber next, int pads, Packet.Builder payload) {
        return new IpV6ExtDestinationOptionsPacket.Builder()
                .nextHeader(next)
                .options(Collections.nCopies(pads, IpV6Pad1Option.getInstance()))
                .payloadBuilder(payload)
                .correctLengthAtBuild(true);
    }

    private static Packet.Builder fragment(IpNumber next, int offset, Packet.Builder payload) {
        return new IpV6ExtFragmentPacket.Builder()
                .nextHeader(next)
                .fragmentOffset((short) offset)
                .payloadBuilder(payload);
    }
}
