package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.OnePacket;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is routed to and from a guest, and what host and guest send each other, is judged alike in every mode. */
@NetnsTest
class GuestModesIT {

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

    @Test
    void observeAndMonitorDecideAsEnforceDoes() {
        List<String> enforced = decisions("enforce");

        assertThat(enforced).hasSize(ATTEMPTS);
        assertThat(enforced).anyMatch(line -> line.startsWith("ACCEPT")).anyMatch(line -> line.startsWith("REJECT"));
        assertThat(decisions("observe")).isEqualTo(enforced);
        assertThat(decisions("monitor")).isEqualTo(enforced);
    }

    private List<String> decisions(String mode) {
        try (JudgedHost host = new JudgedHost(RULES);
                GuestNetwork network = GuestNetwork.behind(host)) {
            RunningDaemon daemon = host.start(
                    "mode: " + mode,
                    "carry: [host, guest]",
                    "host_instance: host",
                    "hooks: { forward: true }",
                    "monitor: { first_packets: all }");
            traffic(host, network.guest);
            await().untilAsserted(() -> assertThat(ours(daemon)).hasSizeGreaterThanOrEqualTo(ATTEMPTS));
            daemon.stop();
            return ours(daemon);
        }
    }

    private static void traffic(JudgedHost host, NetworkNamespace guest) {
        int port = 41000;
        for (int service : new int[] {53, 99}) {
            for (int family : new int[] {4, 6}) {
                String toGuest = GuestNetwork.guest(family);
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
