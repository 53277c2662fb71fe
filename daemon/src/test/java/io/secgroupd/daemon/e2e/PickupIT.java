package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_4;
import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_6;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;
import static io.secgroupd.daemon.e2e.JudgedHost.toServer;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.BusyConnection;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.Wait;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that run when the daemon starts, or when somebody empties the kernel's table of them. */
@NetnsTest
class PickupIT {

    /** Both ends of each connection have a service: who opened it is what differs. */
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
                outbound:
                  - { protocol: tcp, ports: 443, destination: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @BeforeEach
    void listen() {
        for (int port : new int[] {80, 81, 443, 444}) {
            TcpService.listen(host.server, port);
            TcpService.listen(host.client, port);
        }
    }

    @Test
    void aStartCutsNoConnectionThatTheRulesAllow() {
        try (TcpConnection idleIn = open(host.client, SERVER_4, 80);
                TcpConnection idleOut = open(host.server, CLIENT_6, 443);
                BusyConnection busyIn = BusyConnection.over(open(host.client, SERVER_6, 80));
                BusyConnection busyOut = BusyConnection.over(open(host.server, CLIENT_4, 443))) {
            host.start();
            Tally tally = host.tally();

            assertThat(busyIn.goesOn()).isTrue();
            assertThat(busyOut.goesOn()).isTrue();
            assertThat(idleIn.echo("still here")).isEqualTo("still here");
            assertThat(idleOut.echo("still here")).isEqualTo("still here");

            // The busy ones were picked up before the first look at the counters, the idle ones after it.
            tally.assertDecisions("egress ACCEPT rule 1", "ingress ACCEPT rule 1");
        }
    }

    @Test
    void aRunningConnectionThatTheRulesDoNotAllowIsRefused() {
        try (TcpConnection in = open(host.client, SERVER_4, 81);
                TcpConnection out = open(host.server, CLIENT_4, 444)) {
            host.start();
            Tally tally = host.tally();

            assertThat(in.isAlive(Wait.FOR_ONE_PACKET)).isFalse();
            assertThat(out.isAlive(Wait.FOR_ONE_PACKET)).isFalse();

            assertThat(tally.decisions().keySet())
                    .containsExactly("egress REJECT no-matching-rule", "ingress REJECT no-matching-rule");
        }
    }

    @Test
    void pickupRejectRefusesThoseToo() {
        try (TcpConnection in = open(host.client, SERVER_4, 80);
                TcpConnection out = open(host.server, CLIENT_4, 443)) {
            host.start("pickup: reject");
            Tally tally = host.tally();

            assertThat(in.isAlive(Wait.FOR_ONE_PACKET)).isFalse();
            assertThat(out.isAlive(Wait.FOR_ONE_PACKET)).isFalse();

            assertThat(tally.decisions().keySet()).containsExactly("egress REJECT pickup", "ingress REJECT pickup");
            assertThat(open(host.client, SERVER_4, 80).echo("new")).isEqualTo("new");
        }
    }

    @Test
    void anEmptiedTableOfConnectionsCutsNoneThatTheRulesAllow() {
        host.start();
        try (TcpConnection idleIn = open(host.client, SERVER_4, 80);
                TcpConnection idleOut = open(host.server, CLIENT_4, 443);
                BusyConnection busyIn = BusyConnection.over(open(host.client, SERVER_6, 80));
                BusyConnection busyOut = BusyConnection.over(open(host.server, CLIENT_6, 443))) {
            assertThat(busyIn.goesOn()).isTrue();
            assertThat(busyOut.goesOn()).isTrue();
            Tally tally = host.tally();

            for (int i = 0; i < 10; i++) {
                host.server.run("conntrack", "-F");
                assertThat(busyIn.goesOn()).isTrue();
                assertThat(busyOut.goesOn()).isTrue();
            }
            assertThat(idleIn.echo("still here")).isEqualTo("still here");
            assertThat(idleOut.echo("still here")).isEqualTo("still here");

            assertThat(tally.decisions().keySet()).containsExactly("egress ACCEPT rule", "ingress ACCEPT rule");
        }
    }

    /** A bare ACK to a port that this host may open from: nothing says that there is a host. */
    @Test
    void anAckScanStaysUnanswered() {
        host.start();
        Tally tally = host.tally();

        for (int port = 1; port <= 200; port++) {
            if (port != 80) {
                host.cable.send(toServer(4).tcp(443, port, 0x10), toServer(6).tcp(443, port, 0x10));
            }
        }

        tally.assertDecisions("ingress REJECT no-matching-rule 398");
        assertThat(tally.stack("Tcp OutRsts")).isZero();
        assertThat(tally.stack("Tcp InSegs")).isZero();
    }

    private static TcpConnection open(NetworkNamespace from, String to, int port) {
        return TcpClient.in(from).connect(to, port);
    }
}
