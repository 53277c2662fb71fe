package io.secgroupd.daemon.service;

import io.secgroupd.daemon.nfqueue.PracticePacket;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A small policy, and packets that take every common way through it: accepted and refused, in and out, in both families, and such as
 * belong to no connection. All addresses are those for documentation (RFC 5737, RFC 3849), which no host has.
 */
final class PracticePolicy {

    private static final String TEXT = """
            version: 1
            security_groups:
              sg-practice:
                inbound:
                  - { protocol: tcp, ports: 443, source: any }
                  - { protocol: tcp, ports: 22, source: 198.51.100.0/24 }
                  - { protocol: udp, ports: 53, source: "2001:db8:1::/48" }
                  - { protocol: icmp, source: 198.51.100.0/24 }
                outbound:
                  - { protocol: tcp, ports: 443, destination: any }
            instances:
              practice: { addresses: [192.0.2.1, "2001:db8::1"], security_groups: [sg-practice] }
            """;

    private static final IpAddress HOST4 = IpAddress.ipv4(0xc000_0201);
    private static final IpAddress PEER4 = IpAddress.ipv4(0xc633_6407);
    private static final IpAddress HOST6 = IpAddress.ipv6(0x2001_0db8_0000_0000L, 1);
    private static final IpAddress PEER6 = IpAddress.ipv6(0x2001_0db8_0001_0000L, 7);

    private static final int ANY_PORT = 40_000;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final int ECHO_REQUEST = 8 << 8;

    private PracticePolicy() {}

    static PacketFilter filter() {
        var text = new PolicyText("practice", TEXT.getBytes(StandardCharsets.UTF_8), Path.of("practice"));
        Policy policy = PolicyReader.read(text)
                .policy()
                .orElseThrow(() -> new IllegalStateException("the policy for practice has errors"));
        return CompiledPolicy.of(policy)
                .packetFilter(policy.instances().values(), HostInstance.Nobody.REFUSE, List.of());
    }

    static List<PracticePacket> packets() {
        return List.of(
                tcp(Hook.INPUT, PEER4, HOST4, ANY_PORT, 443, SYN),
                tcp(Hook.INPUT, PEER4, HOST4, ANY_PORT, 22, SYN),
                tcp(Hook.INPUT, PEER4, HOST4, ANY_PORT, 80, SYN),
                tcp(Hook.OUTPUT, HOST4, PEER4, ANY_PORT, 443, SYN),
                tcp(Hook.INPUT, PEER4, HOST4, 443, ANY_PORT, ACK),
                udp(PEER4, HOST4),
                new PracticePacket(Hook.INPUT, PEER4, HOST4, PacketView.ICMP, 0, ECHO_REQUEST, 0),
                tcp(Hook.INPUT, PEER6, HOST6, ANY_PORT, 443, SYN),
                tcp(Hook.OUTPUT, HOST6, PEER6, ANY_PORT, 80, SYN),
                udp(PEER6, HOST6));
    }

    private static PracticePacket tcp(
            Hook hook, IpAddress source, IpAddress destination, int sourcePort, int port, int flags) {
        return new PracticePacket(hook, source, destination, PacketView.TCP, sourcePort, port, flags);
    }

    private static PracticePacket udp(IpAddress source, IpAddress destination) {
        return new PracticePacket(Hook.INPUT, source, destination, PacketView.UDP, ANY_PORT, 53, 0);
    }
}
