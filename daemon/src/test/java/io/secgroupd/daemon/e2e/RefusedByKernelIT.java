package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpClient;
import io.secgroupd.daemon.testkit.UdpService;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who tries a shut door again and again is refused by the kernel, and every packet is counted. */
@NetnsTest
@Tag("alone")
class RefusedByKernelIT {

    private static final int SYN = 0x02;
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web: { inbound: [{ protocol: tcp, ports: %s, source: any }] }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES.formatted("80"));

    @Test
    void thePacketsSentAreTheDecisionsAndThoseThatTheKernelHasRefused() {
        RunningDaemon daemon = host.start(log());
        long sent = offendUntilTheKernelRefuses(4, 81);
        sent += offendUntilTheKernelRefuses(6, 81);
        for (int i = 0; i < 1000; i++, sent++) {
            host.cable.send(JudgedHost.toServer(i % 2 == 0 ? 4 : 6).tcp(20_000 + i, 81, SYN));
        }
        assertCounted(sent);
        assertThat(decisions(metrics()))
                .as("of which the daemon has judged a few")
                .isLessThan(sent - 900);
        assertThat(host.socket().get("status", "-H", "Accept: text/plain"))
                .contains("cache       on, 2 keys; " + byKernel(metrics()) + " packets refused by the kernel");

        assertThat(daemon.stop()).isZero();
        assertThat(FlowLogFiles.decisionsIn(host.flowLog())).isEqualTo(sent);
        assertThat(daemon.flows()).allSatisfy(line -> {
            assertThat(line.text("verdict")).isEqualTo("REJECT");
            assertThat(line.text("reason")).isEqualTo("no-matching-rule");
            assertThat(line.text("instance")).isEqualTo("web");
            assertThat(line.text("in")).isEqualTo("eth0");
        });
        assertNoTable();
    }

    @Test
    void datagramsAreRefusedByTheKernelTooAndCounted() {
        host.start(log());
        long sent = sendDatagramsUntilTheKernelRefuses(1, 5353);
        for (int i = 0; i < 1000; i++, sent++) {
            host.cable.send(JudgedHost.toServer(4).udp(20_000 + i, 5353));
        }

        assertCounted(sent);
        assertThat(byKernel(metrics())).isGreaterThanOrEqualTo(1000);
    }

    /** Whoever forges datagrams of a server to every port of ours must not cut us off from its answers. */
    @Test
    void anAnswerComesInAlthoughItsKeyIsRefused() {
        host.rules(RULES.formatted("80")
                .replace("{ inbound", "{ outbound: [{ protocol: udp, ports: 53, destination: any }], inbound"));
        host.start(log());
        UdpService.listen(host.client, 53);
        host.server.sysctl("net/ipv4/ip_local_port_range", "40000 40001");
        sendDatagramsUntilTheKernelRefuses(2, 40_000, 40_001);

        UdpClient.in(host.server).assertAnswered(JudgedHost.CLIENT_4, 53, "what is your name?");
    }

    /** Any other segment may belong to a connection; another protocol, port or source is another key. */
    @Test
    void nothingIsRefusedButTheSynThatWasRefusedBefore() {
        TcpService.listen(host.server, 80);
        host.start(log());
        long sent = offendUntilTheKernelRefuses(4, 81);
        assertCounted(sent);
        long before = byKernel(metrics());

        for (int i = 0; i < 10; i++) {
            host.cable.send(JudgedHost.toServer(4).tcp(20_000 + i, 81, 0x10));
            host.cable.send(JudgedHost.toServer(4).tcp(20_000 + i, 81, 0x12));
            host.cable.send(JudgedHost.toServer(4).tcp(20_000 + i, 82 + i, SYN));
            host.cable.send(JudgedHost.toServer(4).udp(20_000 + i, 81));
        }
        host.assertOpen(80);

        assertThat(byKernel(metrics())).isEqualTo(before);
    }

    @Test
    void aPolicyThatAllowsTheOffenderLetsItInAtOnce() {
        TcpService.listen(host.server, 81);
        host.start(log());
        offendUntilTheKernelRefuses(4, 81);

        host.rules(RULES.formatted("[80, 81]"));
        host.socket().get("reload", "-X", "POST");

        host.assertOpen(81);
    }

    @Test
    void aDaemonThatIsKilledLeavesNoRefusalInTheKernel() {
        RunningDaemon daemon = host.start(log(), "on: { no_listener: accept }");
        TcpService.listen(host.server, 81);
        offendUntilTheKernelRefuses(4, 81);

        daemon.kill();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(this::assertNoTable);
        host.assertOpen(81);
    }

    @Test
    void offMeansThatTheDaemonJudgesEachPacketAndThatThereIsNoTable() {
        RunningDaemon daemon = host.start("cache: off", log());
        for (int i = 0; i < 200; i++) {
            host.cable.send(JudgedHost.toServer(4).tcp(20_000 + i, 81, SYN));
        }

        assertCounted(200);
        assertThat(decisions(metrics())).isEqualTo(200);
        daemon.awaitLog("cache.off daemon.yaml says cache: off");
        assertNoTable();
    }

    /** The daemon judges the address after a translation: before it, the refused key may stand for another service. */
    @Test
    void aTranslationThatComesLaterIsHeeded() {
        TcpService.listen(host.server, 80);
        RunningDaemon daemon = host.start(log()).awaitLog("cache.on place=early");
        offendUntilTheKernelRefuses(4, 81);

        host.server.run(
                "nft",
                "add table ip translating; add chain ip translating in"
                        + " { type nat hook prerouting priority -100; }; add rule ip translating in tcp dport 81 redirect to :80");

        daemon.awaitLog("cache.moved place=translated");
        host.assertOpen(81);
    }

    /** Sends SYNs to a port until one was refused by the kernel. Returns how many were sent. */
    private long offendUntilTheKernelRefuses(int family, int port) {
        double keys = metrics().gauge("secgroupd_refused_keys");
        long[] sent = new long[1];
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    for (int i = 0; i < 5; i++, sent[0]++) {
                        host.cable.send(JudgedHost.toServer(family).tcp(10_000 + (int) sent[0], port, SYN));
                    }
                    return metrics().gauge("secgroupd_refused_keys") > keys;
                });
        return sent[0];
    }

    private long sendDatagramsUntilTheKernelRefuses(int keys, int... ports) {
        long[] sent = new long[1];
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    for (int i = 0; i < 5 * ports.length; i++, sent[0]++) {
                        host.cable.send(JudgedHost.toServer(4).udp(53, ports[i % ports.length]));
                    }
                    return metrics().gauge("secgroupd_refused_keys") >= keys;
                });
        return sent[0];
    }

    private String log() {
        return "flow_log: { path: " + host.flowLog() + ", aggregate: 1s }";
    }

    private void assertCounted(long sent) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Exposition now = metrics();
            assertThat(decisions(now) + byKernel(now)).isEqualTo(sent);
        });
    }

    private Exposition metrics() {
        AdminSocket socket = host.socket();
        return socket.metrics();
    }

    private static long decisions(Exposition metrics) {
        return (long) metrics.counter("secgroupd_decisions_total");
    }

    private static long byKernel(Exposition metrics) {
        return (long) metrics.counter("secgroupd_refused_by_kernel_total");
    }

    private void assertNoTable() {
        assertThat(host.server.run("nft", "list", "tables")).doesNotContain("secgroupd-refused");
    }
}
