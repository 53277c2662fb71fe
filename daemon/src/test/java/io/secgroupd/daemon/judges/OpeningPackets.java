package io.secgroupd.daemon.judges;

import io.secgroupd.daemon.testkit.WirePacket;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.oracle.Questions;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Packets that open connections to a host, or through it, where its policy is likely to be misread. Connection tracking takes each of them for
 * a first packet: it has types of ICMP that open nothing, and headers of protocols that it reads.
 */
final class OpeningPackets {

    /** A packet, and what a judge reads in it. */
    @SuppressWarnings("ArrayRecordComponent") // it is never compared
    record OpeningPacket(FlowTuple flow, byte[] bytes) {}

    private static final int SYN = 0x02;
    private static final int SCTP = 132;
    private static final List<Integer> QUERIES_4 = List.of(8, 13, 15, 17);
    private static final List<Integer> QUERIES_6 = List.of(128, 139);

    /** A policy may name no address of a family. */
    private static final List<IpAddress> ELSEWHERE =
            List.of(IpAddress.ipv4(0xc6336407), IpAddress.ipv6(0x20010db8ffff0000L, 7));

    /** Headers of IPv6 that stand before a protocol, ICMP of the other family, and DCCP and UDP-Lite, whose headers are read. */
    private static final Set<Integer> NOT_IN_IPV6 = Set.of(0, 1, 33, 43, 44, 51, 59, 60, 135, 136, 139, 140, 253, 254);

    private static final Set<Integer> NOT_IN_IPV4 = Set.of(33, 58, 136);

    private final Random random;
    private final Hook hook;
    private final Questions questions;
    private final List<IpAddress> local;
    private final List<IpAddress> strangers;

    /**
     * For a hook where packets come in or are routed.
     *
     * @param local the addresses of the host or of its guests, of both families
     */
    OpeningPackets(Random random, Hook hook, CompiledPolicy policy, List<IpAddress> local) {
        this.random = random;
        this.hook = hook;
        this.questions = new Questions(random, policy.policy());
        this.local = local;
        var own = new HashSet<>(local);
        this.strangers = Stream.concat(ELSEWHERE.stream(), questions.strangers().stream())
                .filter(OpeningPackets::canComeFromTheWire)
                .filter(address -> address.family() == Family.IPV6 || !own.contains(address))
                .toList();
    }

    /** The kernel lets nobody see what claims to come from elsewhere. */
    private static boolean canComeFromTheWire(IpAddress source) {
        int first = source.toBytes()[0] & 0xff;
        return source.family() == Family.IPV4
                ? first > 0 && first < 224 && first != 127
                : (first >= 0x20 && first < 0x40) || first == 0xfd;
    }

    OpeningPacket next() {
        FlowTuple asked = questions.next();
        Family family = asked.family();
        boolean leaving = hook == Hook.FORWARD && random.nextBoolean();
        IpAddress source = pick(family, leaving ? local : strangers);
        IpAddress destination = pick(family, leaving ? strangers : local);
        int sourcePort = 1024 + random.nextInt(60_000);
        int port = asked.destinationPort();
        WirePacket packet = WirePacket.of(source.toString(), destination.toString());
        Set<Integer> others = family == Family.IPV4 ? NOT_IN_IPV4 : NOT_IN_IPV6;
        int protocol = others.contains(asked.protocol()) ? 17 : asked.protocol();
        return switch (protocol) {
            case 6 -> of(source, destination, 6, port, packet.tcp(sourcePort, port, SYN));
            case 17 -> of(source, destination, 17, port, packet.udp(sourcePort, port, new byte[] {'?'}));
            case 1 -> icmp(source, destination, 1, QUERIES_4, asked.icmpCode(), packet);
            case 58 -> icmp(source, destination, 58, QUERIES_6, asked.icmpCode(), packet);
            case SCTP -> of(source, destination, SCTP, 0, packet.sctpInit(sourcePort, port));
            default -> of(source, destination, protocol, 0, packet.payload(protocol, new byte[24]));
        };
    }

    private IpAddress pick(Family family, List<IpAddress> from) {
        List<IpAddress> some =
                from.stream().filter(address -> address.family() == family).toList();
        return some.get(random.nextInt(some.size()));
    }

    private static OpeningPacket of(IpAddress source, IpAddress destination, int protocol, int port, byte[] bytes) {
        return new OpeningPacket(FlowTuple.ofPorts(source, destination, protocol, port), bytes);
    }

    private OpeningPacket icmp(
            IpAddress source, IpAddress destination, int protocol, List<Integer> types, int code, WirePacket packet) {
        int type = types.get(random.nextInt(types.size()));
        return new OpeningPacket(
                new FlowTuple(source, destination, protocol, 0, 0, type, code),
                packet.icmp(type, code, random.nextInt(0x10000)));
    }
}
