package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.Load;
import io.secgroupd.daemon.testkit.ManyFlows;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpService;
import io.secgroupd.daemon.testkit.Wait;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change of the policy does to connections that are running. */
@NetnsTest
class CutIT {

    private static final int MANY = 10_000;

    @AutoClose
    private final JudgedHost host = new JudgedHost(rules("ports: [80, 81]") + INSTANCES);

    @BeforeEach
    void listen() {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 81);
        TcpService.listen(host.client, 443);
        UdpService.listen(host.server, 53);
    }

    @Test
    void oneAmongTenThousandIsCutAndTheOthersAreUntouched() {
        RunningDaemon daemon = host.start("established: cut");
        try (ManyFlows flows = ManyFlows.open(host.client, "10.0.1.10", 53, MANY);
                TcpConnection lost = host.connect(81);
                TcpConnection kept = host.connect(80)) {
            assertThat(flows.answered()).isEqualTo(MANY);

            replaceRules("ports: [80]");

            daemon.awaitLog("connections.judged");
            assertThat(daemon.log()).containsPattern("connections.judged count=1000\\d cut=1 revived=0");
            assertThat(lost.isAlive(Wait.FOR_ONE_PACKET)).isFalse();
            assertThat(kept.echo("still here")).isEqualTo("still here");
            assertThat(flows.answered()).isEqualTo(MANY);
            assertThat(host.server.run("conntrack", "-L", "--mark", "0x40000000/0x40000000"))
                    .contains("dport=81")
                    .contains("1 flow entries");
        }
    }

    @Test
    void keepLeavesThemAll() {
        RunningDaemon daemon = host.start("established: keep");
        try (TcpConnection lost = host.connect(81)) {
            replaceRules("ports: [80]");

            daemon.awaitGeneration(2);
            assertThat(lost.echo("still here")).isEqualTo("still here");
        }
    }

    /** Of what has no local socket of its own, as a server's datagrams: a TCP connection that was cut has none any more. */
    @Test
    void whatIsAllowedAgainLivesAgainAndOtherBitsOfTheMarkStay() {
        RunningDaemon daemon = host.start("established: cut");
        host.server.run("iptables -t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --or-mark 0x7".split(" "));
        try (ManyFlows flows = ManyFlows.open(host.client, "10.0.1.10", 53, 5)) {
            assertThat(flows.answered()).isEqualTo(5);
            host.rules(rules("ports: [80]").replace("53", "54") + INSTANCES);
            daemon.awaitLog("cut=5 revived=0");
            assertThat(host.server.run("conntrack", "-L", "-p", "udp", "--dport", "53"))
                    .contains("mark=" + (0x4000_0000 | 7));

            replaceRules("ports: [80, 81]");

            daemon.awaitLog("cut=0 revived=5");
            assertThat(host.server.run("conntrack", "-L", "-p", "udp", "--dport", "53"))
                    .contains("mark=7 ");
            assertThat(flows.answered()).isEqualTo(5);
        }
    }

    /** Whatever becomes of its entry in the kernel's table, nobody is left who would vouch for it or answer it. */
    @Test
    void whatWasCutStaysCutWhenTheKernelForgetsIt() {
        RunningDaemon daemon = host.start("established: cut");
        try (TcpConnection lost = host.connect(81);
                TcpConnection kept = host.connect(80)) {
            replaceRules("ports: [80]");
            daemon.awaitLog("cut=1 revived=0 sockets_destroyed=1");
            assertThat(host.server.run("ss", "-Htn", "sport = 81")).isEmpty();
            assertThat(host.server.run("ss", "-Htln", "sport = 81"))
                    .as("the service")
                    .isNotEmpty();

            host.server.run("conntrack", "-F");

            assertThat(lost.isAlive(Wait.FOR_ONE_PACKET)).isFalse();
            assertThat(kept.echo("still here")).isEqualTo("still here");
        }
    }

    /** As guides for several uplinks have it: the rule takes our bit off with every packet, before our chain looks. */
    @Test
    void anotherProgramsMarkDoesNotUndoIt() {
        host.server.run("iptables -t mangle -A PREROUTING -j CONNMARK --set-mark 2".split(" "));
        RunningDaemon daemon = host.start("established: cut");
        daemon.awaitLog("marks.foreign: `iptables -t mangle -A PREROUTING -j CONNMARK --set-xmark 0x2/0xffffffff`");
        try (TcpConnection lost = host.connect(81);
                TcpConnection kept = host.connect(80);
                ManyFlows flows = ManyFlows.open(host.client, "10.0.1.10", 53, 5)) {
            assertThat(flows.answered()).isEqualTo(5);

            host.rules(rules("ports: [80]").replace("53", "54") + INSTANCES);

            daemon.awaitLog("connections.judged");
            await().until(() -> host.server
                    .run("conntrack", "-L", "-p", "udp", "--dport", "53")
                    .contains("0 flow entries"));
            assertThat(lost.isAlive(Wait.FOR_ONE_PACKET)).isFalse();
            assertThat(flows.answeredWithin(Wait.FOR_ONE_PACKET)).isZero();
            assertThat(kept.echo("still here")).isEqualTo("still here");
        }
    }

    @Test
    void aConnectionIsJudgedInTheDirectionOfItsFirstPacket() {
        RunningDaemon daemon = host.start("established: cut");
        try (TcpConnection outbound = TcpClient.in(host.server).connect("198.51.100.7", 443);
                TcpConnection outbound6 = TcpClient.in(host.server).connect("2001:db8:ffff::7", 443);
                TcpConnection inbound = host.connect(80)) {
            replaceRules("ports: [80]");
            daemon.awaitLog("cut=0 revived=0");
            assertThat(outbound.echo("still here")).isEqualTo("still here");

            host.rules(rules("ports: [80]") + "    outbound: []\n" + INSTANCES);

            daemon.awaitLog("cut=2 revived=0");
            // The program on this host is told at once; its peer is told nothing.
            for (TcpConnection cut : List.of(outbound, outbound6)) {
                assertThatExceptionOfType(UncheckedIOException.class)
                        .isThrownBy(() -> cut.isAlive(Wait.FOR_ONE_PACKET));
            }
            assertThat(inbound.echo("still here")).isEqualTo("still here");
        }
    }

    /** A first packet that the old policy has accepted while the new one comes into force: its connection is cut too. */
    @Test
    void noConnectionSlipsThroughTheChange() {
        RunningDaemon daemon = host.start("established: cut");
        for (int generation = 2; generation <= 6; generation += 2) {
            try (Load load = Load.ofDatagrams(host.client, "10.0.1.10", 53)) {
                long some = load.done() + 100;
                await().until(() -> load.done() > some);
                host.rules(rules("ports: [80]").replace("53", "54") + INSTANCES);
                daemon.awaitGeneration(generation);
                daemon.awaitLog("connections.judged", generation - 1);
            }

            assertThat(host.server.run(
                            "conntrack", "-L", "-p", "udp", "--orig-port-dst", "53", "--mark", "0/0x40000000"))
                    .contains("0 flow entries");
            host.rules(rules("ports: [80]") + INSTANCES);
            daemon.awaitGeneration(generation + 1);
            daemon.awaitLog("connections.judged", generation);
        }
    }

    private static final String INSTANCES = """
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    private static String rules(String tcpPorts) {
        return """
                version: 1
                security_groups:
                  sg-web:
                    inbound:
                      - { protocol: udp, ports: 53, source: any }
                      - { protocol: tcp, %s, source: any }
                """.formatted(tcpPorts);
    }

    private void replaceRules(String tcpPorts) {
        host.rules(rules(tcpPorts) + INSTANCES);
    }
}
