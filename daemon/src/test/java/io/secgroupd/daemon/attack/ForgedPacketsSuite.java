package io.secgroupd.daemon.attack;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Forged packets beside the live connections of an allowed client. What passes is that client's, or an error about these. */
final class ForgedPacketsSuite {

    private static final String CLIENT_4 = "10.0.1.50";
    private static final String CLIENT_6 = "2001:db8:1::50";
    private static final int PORT = 40_000;

    private static final List<String> ALLOWED = List.of(
            "ip saddr 10.0.1.50 tcp dport 8080",
            "ip saddr 10.0.1.50 udp dport 5000",
            "ip6 saddr 2001:db8:1::50 tcp dport 8080",
            "ip6 saddr 2001:db8:1::50 udp dport 5000",
            "ct state related icmp type { 3, 11, 12 } ct original ip saddr 10.0.1.50 ct original proto-dst { 8080, 5000 }",
            "ct state related icmpv6 type { 1, 2, 3, 4 } ct original ip6 saddr 2001:db8:1::50"
                    + " ct original proto-dst { 8080, 5000 }");

    private ForgedPacketsSuite() {}

    static void run(Path directory, long seed, int packets) {
        try (AttackedHost host = new AttackedHost(directory, List.of(CLIENT_4, CLIENT_6), ALLOWED)) {
            AttackedHost.know(host.host, "eth0", List.of(CLIENT_4, CLIENT_6), host.outside, "wire");
            var live = List.of(
                    HandmadeConnection.open(host, CLIENT_4, AttackedHost.HOST_4, PORT),
                    HandmadeConnection.open(host, CLIENT_6, AttackedHost.HOST_6, PORT));
            host.attack(packets, new ForgedPackets(new Random(seed), live)::next);
            host.assertHeld();
        }
    }
}
