package io.secgroupd.daemon.hooks;

import static io.secgroupd.daemon.testkit.Attempt.CONNECTED;
import static io.secgroupd.daemon.testkit.Attempt.REFUSED;
import static io.secgroupd.daemon.testkit.Attempt.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.testkit.Attempt;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.Wait;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel does by the skeleton alone, while no program reads the queue. */
@NetnsTest
class SkeletonIT {

    private static final int PORT = 8080;

    /** The same network in each address family. */
    enum Net {
        IPV4("iptables", "10.77.0.1", "10.77.0.2", "127.0.0.1"),
        IPV6("ip6tables", "2001:db8:77::1", "2001:db8:77::2", "::1");

        final String tool;
        final String peer;
        final String host;
        final String loopback;

        Net(String tool, String peer, String host, String loopback) {
            this.tool = tool;
            this.peer = peer;
            this.host = host;
            this.loopback = loopback;
        }
    }

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

    @ParameterizedTest
    @EnumSource
    void isClosedForFirstPacketsInBothDirections(Net net) {
        install(SkeletonSettings.DEFAULT);

        assertThat(fromPeer(net)).isEqualTo(TIMED_OUT);
        assertThat(fromHost(net, Wait.FOR_SILENCE)).isEqualTo(TIMED_OUT);
    }

    @ParameterizedTest
    @EnumSource
    void isOpenWithBypass(Net net) {
        install(new SkeletonSettings(JudgedHooks.HOST, 1, 2, true, SkeletonSettings.DEFAULT_CUT_MARK));

        assertThat(TcpClient.in(peer).tryConnect(net.host, PORT, Wait.FOR_AN_ANSWER))
                .isEqualTo(CONNECTED);
        assertThat(fromHost(net, Wait.FOR_AN_ANSWER)).isEqualTo(CONNECTED);
    }

    @ParameterizedTest
    @EnumSource
    void leavesLoopbackAlone(Net net) {
        install(SkeletonSettings.DEFAULT);

        assertThat(TcpClient.in(host).tryConnect(net.loopback, PORT, Wait.FOR_AN_ANSWER))
                .isEqualTo(CONNECTED);
        assertThat(TcpClient.in(host).tryConnect(net.host, PORT, Wait.FOR_AN_ANSWER))
                .isEqualTo(CONNECTED);
    }

    @ParameterizedTest
    @EnumSource
    void leavesRunningConnectionsAloneUntilTheyCarryTheCutMark(Net net) {
        install(new SkeletonSettings(JudgedHooks.HOST, 1, 1, true, SkeletonSettings.DEFAULT_CUT_MARK));
        try (TcpConnection kept = TcpClient.in(peer).connect(net.host, PORT);
                TcpConnection cut = TcpClient.in(peer).connect(net.host, PORT)) {
            install(new SkeletonSettings(JudgedHooks.HOST, 1, 1, false, SkeletonSettings.DEFAULT_CUT_MARK));
            assertThat(kept.isAlive(Wait.FOR_AN_ANSWER)).isTrue();
            assertThat(cut.isAlive(Wait.FOR_AN_ANSWER)).isTrue();

            host.run(
                    "conntrack",
                    "-U",
                    "-p",
                    "tcp",
                    "-f",
                    net.name().toLowerCase(Locale.ROOT),
                    "--orig-port-src",
                    "" + cut.localPort(),
                    "--mark",
                    "0x40000000");
            assertThat(cut.isAlive(Wait.FOR_SILENCE)).isFalse();
            assertThat(kept.isAlive(Wait.FOR_AN_ANSWER)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNeighbourDiscoveryGoing(Net net) {
        install(SkeletonSettings.DEFAULT);
        host.ip("neigh flush all");

        peer.ip("neigh flush all");
        assertThat(fromPeer(net)).isEqualTo(TIMED_OUT);
        assertThat(peer.run("ip", "neigh", "show", net.host)).contains("lladdr");
    }

    @ParameterizedTest
    @EnumSource
    void letsErrorsAboutRunningConnectionsIn(Net net) {
        install(new SkeletonSettings(
                new JudgedHooks(true, false, false), 1, 1, false, SkeletonSettings.DEFAULT_CUT_MARK));
        peer.run(net.tool, "-A", "INPUT", "-p", "tcp", "-j", "REJECT");

        assertThat(fromHost(net, Wait.FOR_AN_ANSWER)).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheLastWordToTheHostsOwnRules(Net net) {
        install(new SkeletonSettings(JudgedHooks.HOST, 1, 1, true, SkeletonSettings.DEFAULT_CUT_MARK));
        host.run(net.tool, "-A", "INPUT", "-p", "tcp", "--dport", "" + PORT, "-j", "DROP");

        assertThat(fromPeer(net)).isEqualTo(TIMED_OUT);
    }

    private void install(SkeletonSettings settings) {
        host.call(() -> new Hooks(CommandRunner.ofThisHost()).install(Backend.IPTABLES, settings));
    }

    private Attempt fromPeer(Net net) {
        return TcpClient.in(peer).tryConnect(net.host, PORT, Wait.FOR_SILENCE);
    }

    private Attempt fromHost(Net net, Duration limit) {
        return TcpClient.in(host).tryConnect(net.peer, PORT, limit);
    }
}
