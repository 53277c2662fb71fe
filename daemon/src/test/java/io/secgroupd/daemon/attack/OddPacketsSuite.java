package io.secgroupd.daemon.attack;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Odd packets at a host. What passes is what a host must take before anybody decides. */
final class OddPacketsSuite {

    private static final List<String> ALWAYS = List.of(
            "icmpv6 type { 133, 134, 135, 136 } ip6 hoplimit 255",
            "ip6 saddr { fe80::/10, :: } icmpv6 type { 130, 131, 132, 143 } ip6 hoplimit 1",
            "ip daddr 255.255.255.255 udp sport 67 udp dport 68",
            "ip6 saddr fe80::/10 ip6 daddr fe80::/10 udp sport 547 udp dport 546");

    private OddPacketsSuite() {}

    static void run(Path directory, long seed, int packets) {
        try (AttackedHost host = new AttackedHost(directory, List.of(), ALWAYS)) {
            host.attack(packets, new OddPackets(new Random(seed))::next);
            host.assertHeld();
        }
    }
}
