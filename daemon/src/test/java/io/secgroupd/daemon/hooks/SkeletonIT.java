package io.secgroupd.daemon.hooks;

import static io.secgroupd.daemon.testkit.Attempt.CONNECTED;
import static io.secgroupd.daemon.testkit.Attempt.REFUSED;
import static io.secgroupd.daemon.testkit.Attempt.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Attempt;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel does by the skeleton alone, while no program reads the queue. */
@NetnsTest
@ParameterizedClass
@CsvSource({"iptables, 10.77.0.1, 10.77.0.2, 127.0.0.1", "ip6tables, 2001:db8:77::1, 2001:db8:77::2, ::1"})
class SkeletonIT {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int PORT = 8080;

    @Parameter(0)
    String tool = "";

    @Parameter(1)
    String peerAddress = "";

    @Parameter(2)
    String hostAddress = "";

    @Parameter(3)
    String loopback = "";

    private final NetworkNamespace peer = NetworkNamespace.create("peer");
    private final NetworkNamespace host = NetworkNamespace.create("host");

    @BeforeEach
    void joinThem() {
        peer.connect(host, "eth0", "eth0");
        peer.address("eth0", "10.77.0.1/24");
        peer.address("eth0", "2001:db8:77::1/64");
        host.address("eth0", "10.77.0.2/24");
        host.address("eth0", "2001:db8:77::2/64");
        TcpService.listen(host, PORT);
        TcpService.listen(peer, PORT);
    }

    @AfterEach
    void closeBoth() {
        peer.close();
        host.close();
    }

    @Test
    void isClosedForFirstPacketsInBothDirections() {
        install(SkeletonSettings.DEFAULT);

        assertThat(fromPeer()).isEqualTo(TIMED_OUT);
        assertThat(fromHost(SHORT)).isEqualTo(TIMED_OUT);
    }

    @Test
    void isOpenWithBypass() {
        install(new SkeletonSettings(true, true, false, 1, 2, true, SkeletonSettings.DEFAULT_CUT_MARK));

        assertThat(TcpClient.in(peer).tryConnect(hostAddress, PORT, LONG)).isEqualTo(CONNECTED);
        assertThat(fromHost(LONG)).isEqualTo(CONNECTED);
    }

    @Test
    void leavesLoopbackAlone() {
        install(SkeletonSettings.DEFAULT);

        assertThat(TcpClient.in(host).tryConnect(loopback, PORT, LONG)).isEqualTo(CONNECTED);
        assertThat(TcpClient.in(host).tryConnect(hostAddress, PORT, LONG)).isEqualTo(CONNECTED);
    }

    @Test
    void leavesRunningConnectionsAloneUntilTheyCarryTheCutMark() {
        install(new SkeletonSettings(true, true, false, 1, 1, true, SkeletonSettings.DEFAULT_CUT_MARK));
        try (TcpConnection kept = TcpClient.in(peer).connect(hostAddress, PORT);
                TcpConnection cut = TcpClient.in(peer).connect(hostAddress, PORT)) {
            install(SkeletonSettings.DEFAULT);
            assertThat(kept.isAlive(LONG)).isTrue();
            assertThat(cut.isAlive(LONG)).isTrue();

            host.run(
                    "conntrack",
                    "-U",
                    "-p",
                    "tcp",
                    "-f",
                    tool.equals("iptables") ? "ipv4" : "ipv6",
                    "--orig-port-src",
                    "" + cut.localPort(),
                    "--mark",
                    "0x40000000");
            assertThat(cut.isAlive(SHORT)).isFalse();
            assertThat(kept.isAlive(LONG)).isTrue();
        }
    }

    @Test
    void keepsNeighbourDiscoveryGoing() {
        install(SkeletonSettings.DEFAULT);
        host.ip("neigh flush all");

        peer.ip("neigh flush all");
        assertThat(fromPeer()).isEqualTo(TIMED_OUT);
        assertThat(peer.run("ip", "neigh", "show", hostAddress)).contains("lladdr");
    }

    @Test
    void letsErrorsAboutRunningConnectionsIn() {
        install(new SkeletonSettings(true, false, false, 1, 1, false, SkeletonSettings.DEFAULT_CUT_MARK));
        peer.run(tool, "-A", "INPUT", "-p", "tcp", "-j", "REJECT");

        assertThat(fromHost(LONG)).isEqualTo(REFUSED);
    }

    @Test
    void leavesTheLastWordToTheHostsOwnRules() {
        install(new SkeletonSettings(true, true, false, 1, 1, true, SkeletonSettings.DEFAULT_CUT_MARK));
        host.run(tool, "-A", "INPUT", "-p", "tcp", "--dport", "" + PORT, "-j", "DROP");

        assertThat(fromPeer()).isEqualTo(TIMED_OUT);
    }

    private void install(SkeletonSettings settings) {
        host.call(() -> new Hooks(CommandRunner.ofThisHost()).install(Backend.IPTABLES, settings));
    }

    private Attempt fromPeer() {
        return TcpClient.in(peer).tryConnect(hostAddress, PORT, SHORT);
    }

    private Attempt fromHost(Duration limit) {
        return TcpClient.in(host).tryConnect(peerAddress, PORT, limit);
    }
}
