package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_4;
import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_6;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.Wait;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host of two instances, one for each family: the one may observe while the other enforces. */
@NetnsTest
class InstanceModeIT {

    @AutoClose
    private final JudgedHost host = new JudgedHost(rules("80", ", mode: observe"));

    /** What may come in, and what else is said of the instance that has the IPv4 address. */
    private static String rules(String ports, String modeOfFour) {
        return """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: [%s], source: any }], outbound: [] }
                instances:
                  four: { addresses: [10.0.1.10], security_groups: [sg-web]%s }
                  six: { addresses: ["2001:db8:1::10"], security_groups: [sg-web] }
                """.formatted(ports, modeOfFour);
    }

    @BeforeEach
    void listen() {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 22);
        TcpService.listen(host.client, 25);
    }

    @Test
    void whatIsObservedPassesAndIsLoggedAndCountedApartFromWhatIsRefused() {
        RunningDaemon daemon = host.start();

        JudgedHost.assertOpen(host.client, SERVER_4, 80);
        JudgedHost.assertOpen(host.client, SERVER_4, 22);
        JudgedHost.assertOpen(host.server, CLIENT_4, 25);
        JudgedHost.assertOpen(host.client, SERVER_6, 80);
        JudgedHost.assertShut(host.client, SERVER_6, 22);
        JudgedHost.assertShut(host.server, CLIENT_6, 25);

        assertObserved(daemon.awaitFlow(CLIENT_4, 22), "four", "true");
        assertObserved(daemon.awaitFlow(SERVER_4, 25), "four", "true");
        assertObserved(daemon.awaitFlow(CLIENT_6, 22), "six", null);
        assertObserved(daemon.awaitFlow(SERVER_6, 25), "six", null);
        assertThat(daemon.awaitFlow(CLIENT_4, 80).fields()).doesNotContainKey("observed");
        for (String direction : new String[] {"direction=ingress", "direction=egress"}) {
            double rejected = counter("secgroupd_decisions_total", direction, "verdict=REJECT");
            double observed = counter("secgroupd_observed_total", direction);
            assertThat(observed).isPositive().isLessThan(rejected);
        }
        assertThat(host.socket().get("status"))
                .contains("\"mode\":\"enforce\",\"started\"")
                .contains("\"name\":\"four\",\"mode\":\"observe\"")
                .contains("\"name\":\"six\",\"mode\":\"enforce\"");
        assertThat(daemon.log()).contains("policy.problem").contains("what the rules of four refuse is let in");
    }

    private static void assertObserved(FlowLine line, String instance, @Nullable String observed) {
        assertThat(line.text("verdict")).isEqualTo("REJECT");
        assertThat(line.text("reason")).isEqualTo("no-matching-rule");
        assertThat(line.text("instance")).isEqualTo(instance);
        assertThat(line.fields().get("observed")).isEqualTo(observed);
    }

    private double counter(String name, String... labels) {
        return host.socket().metrics().counter(name, labels);
    }

    @Test
    void aReloadThatEnforcesCutsWhatOnlyObservationHadLetIn() {
        RunningDaemon daemon = host.start("established: cut");
        try (TcpConnection observed = host.connect(22);
                TcpConnection allowed = host.connect(80)) {
            host.rules(rules("80", ""));

            daemon.awaitLog("cut=1 revived=0").awaitLog("instance four: observe -> enforce");
            assertThat(observed.isAlive(Wait.FOR_ONE_PACKET)).isFalse();
            assertThat(allowed.echo("still here")).isEqualTo("still here");
            host.assertShut(22);
        }
    }

    @Test
    void withoutCuttingOnlyNewConnectionsAreRefused() {
        RunningDaemon daemon = host.start("established: keep");
        try (TcpConnection observed = host.connect(22)) {
            host.rules(rules("80", ""));

            daemon.awaitGeneration(2);
            assertThat(observed.echo("still here")).isEqualTo("still here");
            host.assertShut(22);
        }
    }

    @Test
    void whoseRuleGoesIsNotCutWhileItsInstanceObserves() {
        host.rules(rules("80, 22", ""));
        RunningDaemon daemon = host.start("established: cut");
        try (TcpConnection without = host.connect(22)) {
            host.rules(rules("80", ", mode: observe"));

            daemon.awaitLog("cut=0 revived=0").awaitLog("instance four: enforce -> observe");
            assertThat(without.echo("still here")).isEqualTo("still here");
            host.assertOpen(22);
        }
    }
}
