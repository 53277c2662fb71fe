package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.Load;
import io.secgroupd.daemon.testkit.ManyFlows;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change of the policy does to connections that are running. */
@NetnsTest
class CutIT {

    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final int MANY = 10_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @BeforeEach
    void listen() {
        TcpService.listen(server, 80);
        TcpService.listen(server, 81);
        TcpService.listen(client, 443);
        UdpService.listen(server, 53);
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void oneAmongTenThousandIsCutAndTheOthersAreUntouched() throws IOException {
        RunningDaemon daemon = start("established: cut");
        try (ManyFlows flows = ManyFlows.open(client, "10.0.1.10", 53, MANY);
                TcpConnection lost = connect(81);
                TcpConnection kept = connect(80)) {
            assertThat(flows.answered()).isEqualTo(MANY);

            replaceRules("ports: [80]");

            daemon.awaitLog("connections.judged");
            assertThat(daemon.log()).containsPattern("connections.judged count=1000\\d cut=1 revived=0");
            assertThat(lost.isAlive(A_WHILE)).isFalse();
            assertThat(kept.echo("still here")).isEqualTo("still here");
            assertThat(flows.answered()).isEqualTo(MANY);
            assertThat(server.run("conntrack", "-L", "--mark", "0x40000000/0x40000000"))
                    .contains("dport=81")
                    .contains("1 flow entries");
        }
    }

    @Test
    void keepLeavesThemAll() throws IOException {
        RunningDaemon daemon = start("established: keep");
        try (TcpConnection lost = connect(81)) {
            replaceRules("ports: [80]");

            daemon.awaitGeneration(2);
            assertThat(lost.echo("still here")).isEqualTo("still here");
        }
    }

    /** Of what has no local socket of its own, as a server's datagrams: a TCP connection that was cut has none any more. */
    @Test
    void whatIsAllowedAgainLivesAgainAndOtherBitsOfTheMarkStay() throws IOException {
        RunningDaemon daemon = start("established: cut");
        server.run("iptables -t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --or-mark 0x7".split(" "));
        try (ManyFlows flows = ManyFlows.open(client, "10.0.1.10", 53, 5)) {
            assertThat(flows.answered()).isEqualTo(5);
            Files.writeString(
                    directory.resolve("rules.yaml"), rules("ports: [80]").replace("53", "54") + INSTANCES);
            daemon.awaitLog("cut=5 revived=0");
            assertThat(server.run("conntrack", "-L", "-p", "udp", "--dport", "53"))
                    .contains("mark=" + (0x4000_0000 | 7));

            replaceRules("ports: [80, 81]");

            daemon.awaitLog("cut=0 revived=5");
            assertThat(server.run("conntrack", "-L", "-p", "udp", "--dport", "53"))
                    .contains("mark=7 ");
            assertThat(flows.answered()).isEqualTo(5);
        }
    }

    /** Whatever becomes of its entry in the kernel's table, nobody is left who would vouch for it or answer it. */
    @Test
    void whatWasCutStaysCutWhenTheKernelForgetsIt() throws IOException {
        RunningDaemon daemon = start("established: cut");
        try (TcpConnection lost = connect(81);
                TcpConnection kept = connect(80)) {
            replaceRules("ports: [80]");
            daemon.awaitLog("cut=1 revived=0 sockets_destroyed=1");
            assertThat(server.run("ss", "-Htn", "sport = 81")).isEmpty();
            assertThat(server.run("ss", "-Htln", "sport = 81"))
                    .as("the service")
                    .isNotEmpty();

            server.run("conntrack", "-F");

            assertThat(lost.isAlive(A_WHILE)).isFalse();
            assertThat(kept.echo("still here")).isEqualTo("still here");
        }
    }

    /** As guides for several uplinks have it: the rule takes our bit off with every packet, before our chain looks. */
    @Test
    void anotherProgramsMarkDoesNotUndoIt() throws IOException {
        server.run("iptables -t mangle -A PREROUTING -j CONNMARK --set-mark 2".split(" "));
        RunningDaemon daemon = start("established: cut");
        daemon.awaitLog("marks.foreign: `iptables -t mangle -A PREROUTING -j CONNMARK --set-xmark 0x2/0xffffffff`");
        try (TcpConnection lost = connect(81);
                TcpConnection kept = connect(80);
                ManyFlows flows = ManyFlows.open(client, "10.0.1.10", 53, 5)) {
            assertThat(flows.answered()).isEqualTo(5);

            Files.writeString(
                    directory.resolve("rules.yaml"), rules("ports: [80]").replace("53", "54") + INSTANCES);

            daemon.awaitLog("connections.judged");
            await().until(() ->
                    server.run("conntrack", "-L", "-p", "udp", "--dport", "53").contains("0 flow entries"));
            assertThat(lost.isAlive(A_WHILE)).isFalse();
            assertThat(flows.answered()).isZero();
            assertThat(kept.echo("still here")).isEqualTo("still here");
        }
    }

    @Test
    void aConnectionIsJudgedInTheDirectionOfItsFirstPacket() throws IOException {
        RunningDaemon daemon = start("established: cut");
        try (TcpConnection outbound = TcpClient.in(server).connect("198.51.100.7", 443);
                TcpConnection outbound6 = TcpClient.in(server).connect("2001:db8:ffff::7", 443);
                TcpConnection inbound = connect(80)) {
            replaceRules("ports: [80]");
            daemon.awaitLog("cut=0 revived=0");
            assertThat(outbound.echo("still here")).isEqualTo("still here");

            Files.writeString(directory.resolve("rules.yaml"), rules("ports: [80]") + "    outbound: []\n" + INSTANCES);

            daemon.awaitLog("cut=2 revived=0");
            // The program on this host is told at once; its peer is told nothing.
            for (TcpConnection cut : List.of(outbound, outbound6)) {
                assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> cut.isAlive(A_WHILE));
            }
            assertThat(inbound.echo("still here")).isEqualTo("still here");
        }
    }

    /** A first packet that the old policy has accepted while the new one comes into force: its connection is cut too. */
    @Test
    void noConnectionSlipsThroughTheChange() throws IOException {
        RunningDaemon daemon = start("established: cut");
        for (int generation = 2; generation <= 6; generation += 2) {
            try (Load load = Load.ofDatagrams(client, "10.0.1.10", 53)) {
                long some = load.done() + 100;
                await().until(() -> load.done() > some);
                Files.writeString(
                        directory.resolve("rules.yaml"), rules("ports: [80]").replace("53", "54") + INSTANCES);
                daemon.awaitGeneration(generation);
                daemon.awaitLog("connections.judged", generation - 1);
            }

            assertThat(server.run("conntrack", "-L", "-p", "udp", "--orig-port-dst", "53", "--mark", "0/0x40000000"))
                    .contains("0 flow entries");
            Files.writeString(directory.resolve("rules.yaml"), rules("ports: [80]") + INSTANCES);
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

    private RunningDaemon start(String setting) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), rules("ports: [80, 81]") + INSTANCES);
        return RunningDaemon.start(server, file, directory, setting);
    }

    private void replaceRules(String tcpPorts) throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), rules(tcpPorts) + INSTANCES);
    }

    private TcpConnection connect(int port) {
        return TcpClient.in(client).connect("10.0.1.10", port);
    }
}
