package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.OnePacket;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is routed to and from a guest, and what host and guest send each other, is judged alike in every mode. */
@NetnsTest
class GuestModesIT {

    private static final String GUEST_4 = "10.0.9.2";
    private static final String GUEST_6 = "2001:db8:9::2";
    private static final String RULES = """
            version: 1
            security_groups:
              sg-host:
                inbound: [{ protocol: udp, ports: [53, 99], source: any }]
                outbound: [{ protocol: udp, ports: [53, 99], destination: any }]
              sg-guest:
                inbound: [{ protocol: udp, ports: 53, source: any }]
                outbound: [{ protocol: udp, ports: 53, destination: any }]
            instances:
              host: { addresses: [10.0.1.10, "2001:db8:1::10", 10.0.9.1, "2001:db8:9::1"], security_groups: [sg-host] }
              guest: { addresses: [10.0.9.2, "2001:db8:9::2"], security_groups: [sg-guest] }
            """;

    /** Two ports, from and to each of client and host, in both families. */
    private static final int ATTEMPTS = 16;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void observeAndMonitorDecideAsEnforceDoes() throws IOException {
        List<String> enforced = decisions("enforce");

        assertThat(enforced).hasSize(ATTEMPTS);
        assertThat(enforced).anyMatch(line -> line.startsWith("ACCEPT")).anyMatch(line -> line.startsWith("REJECT"));
        assertThat(decisions("observe")).isEqualTo(enforced);
        assertThat(decisions("monitor")).isEqualTo(enforced);
    }

    private List<String> decisions(String mode) throws IOException {
        try (JudgedHost host = new JudgedHost();
                NetworkNamespace guest = NetworkNamespace.create("guest")) {
            putBehind(host, guest);
            RunningDaemon daemon = host.start(
                    directory,
                    RULES,
                    "mode: " + mode,
                    "carry: [host, guest]",
                    "host_instance: host",
                    "hooks: { forward: true }",
                    "monitor: { first_packets: all }");
            traffic(host, guest);
            await().untilAsserted(() -> assertThat(ours(daemon)).hasSizeGreaterThanOrEqualTo(ATTEMPTS));
            daemon.stop();
            return ours(daemon);
        }
    }

    private static void putBehind(JudgedHost host, NetworkNamespace guest) {
        host.server.sysctl("net/ipv4/ip_forward", "1");
        host.server.sysctl("net/ipv6/conf/all/forwarding", "1");
        guest.connect(host.server, "eth0", "guest0");
        host.server.address("guest0", "10.0.9.1/24");
        host.server.address("guest0", "2001:db8:9::1/64");
        guest.address("eth0", GUEST_4 + "/24");
        guest.address("eth0", GUEST_6 + "/64");
        guest.ip("route add default via 10.0.9.1", "route add default via 2001:db8:9::1");
        host.network
                .router()
                .ip(
                        "route add 10.0.9.0/24 via 10.0.1.10 dev port2 onlink",
                        "route add " + GUEST_6 + "/128 via 2001:db8:1::10 dev port2 onlink");
    }

    private static void traffic(JudgedHost host, NetworkNamespace guest) {
        int port = 41000;
        for (int service : new int[] {53, 99}) {
            for (int family : new int[] {4, 6}) {
                String toGuest = family == 4 ? GUEST_4 : GUEST_6;
                OnePacket.udp(host.client, ++port, toGuest, service);
                OnePacket.udp(guest, ++port, JudgedHost.client(family), service);
                OnePacket.udp(host.server, ++port, toGuest, service);
                OnePacket.udp(guest, ++port, JudgedHost.server(family), service);
            }
        }
    }

    /** Direction, verdict and rule of what the test has sent, without the errors that unserved ports cause. */
    private static List<String> ours(RunningDaemon daemon) {
        return daemon.flows().stream()
                .filter(line -> List.of("53", "99").contains(line.text("dport")))
                .map(GuestModesIT::text)
                .sorted()
                .toList();
    }

    private static String text(FlowLine line) {
        return String.join(
                " ",
                line.text("verdict"),
                line.text("reason"),
                line.text("direction"),
                line.text("instance"),
                line.text("src"),
                line.text("dst"),
                line.text("dport"),
                line.text("in"));
    }
}
