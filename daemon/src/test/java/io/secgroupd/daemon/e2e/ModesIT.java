package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_4;
import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_6;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.OnePacket;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The modes observe and monitor say of each first packet what enforce says, and let it pass. */
@NetnsTest
class ModesIT {

    private static final String NOBODY = "65534";

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
                  - { protocol: udp, ports: 53, source: any }
                  - { protocol: icmp, icmp_type: 8, source: any }
                outbound:
                  - { protocol: tcp, ports: 8080, destination: any }
                  - { protocol: udp, ports: 5353, destination: any }
                  - { protocol: icmpv6, icmp_type: 128, destination: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    /** What is another's at every start: times, numbers, and whether packets were let through. */
    private static final Set<String> OWN = Set.of("time", "seq", "start", "first", "last", "observed");

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    /** Which attempts came through, and the records of the flow log without what is each start's own, sorted. */
    private record Outcome(Map<String, Boolean> connected, List<Map<String, String>> records) {}

    @Test
    void observeAndMonitorDecideAsEnforceDoes() {
        Outcome enforced = outcome("enforce");
        Outcome observed = outcome("observe");
        Outcome monitored = outcome("monitor");

        assertThat(enforced.records()).hasSize(20);
        assertThat(observed.records()).isEqualTo(enforced.records());
        assertThat(monitored.records()).isEqualTo(enforced.records());
        assertThat(enforced.connected().values()).contains(true, false);
        assertThat(enforced.connected())
                .allSatisfy((attempt, connected) ->
                        assertThat(connected).as(attempt).isEqualTo(attempt.startsWith("allowed")));
        assertThat(observed.connected().values()).containsOnly(true);
        assertThat(monitored.connected().values()).containsOnly(true);
    }

    private Outcome outcome(String mode) {
        try (JudgedHost its = new JudgedHost(RULES)) {
            listen(its.server, its.client);
            RunningDaemon daemon = its.start("mode: " + mode, "monitor: { first_packets: all }");
            Map<String, Boolean> connected = traffic(its.client, its.server);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(daemon.flows()).hasSizeGreaterThanOrEqualTo(20));
            assertThat(daemon.stop()).isZero();
            assertThat(daemon.flows())
                    .allSatisfy(line ->
                            assertThat(line.fields().containsKey("observed")).isEqualTo(!mode.equals("enforce")));
            return new Outcome(
                    connected,
                    daemon.flows().stream()
                            .map(ModesIT::comparable)
                            .sorted(Comparator.comparing(Map::toString))
                            .toList());
        }
    }

    private static void listen(NetworkNamespace web, NetworkNamespace client) {
        for (int port : new int[] {80, 22}) {
            TcpService.listen(web, port);
        }
        for (int port : new int[] {8080, 25}) {
            TcpService.listen(client, port);
        }
        for (int port : new int[] {53, 99}) {
            UdpService.listen(web, port);
        }
        for (int port : new int[] {5353, 5354}) {
            UdpService.listen(client, port);
        }
    }

    private static Map<String, Boolean> traffic(NetworkNamespace client, NetworkNamespace web) {
        var connected = new LinkedHashMap<String, Boolean>();
        int port = 40000;
        for (String to : List.of(SERVER_4, SERVER_6)) {
            connected.put("allowed tcp 80 to " + to, OnePacket.tcp(client, ++port, to, 80));
            connected.put("denied tcp 22 to " + to, OnePacket.tcp(client, ++port, to, 22));
            OnePacket.udp(client, ++port, to, 53);
            OnePacket.udp(client, ++port, to, 99);
        }
        for (String to : List.of(CLIENT_4, CLIENT_6)) {
            connected.put("allowed tcp 8080 to " + to, OnePacket.tcp(web, ++port, to, 8080));
            connected.put("denied tcp 25 to " + to, OnePacket.tcp(web, ++port, to, 25));
            OnePacket.udp(web, ++port, to, 5353);
            OnePacket.udp(web, ++port, to, 5354);
        }
        connected.put("allowed ping to " + SERVER_4, OnePacket.ping(client, SERVER_4));
        connected.put("denied ping to " + SERVER_6, OnePacket.ping(client, SERVER_6));
        connected.put("denied ping to " + CLIENT_4, OnePacket.ping(web, CLIENT_4));
        connected.put("allowed ping to " + CLIENT_6, OnePacket.ping(web, CLIENT_6));
        return connected;
    }

    private static Map<String, String> comparable(FlowLine line) {
        var fields = new LinkedHashMap<>(line.fields());
        fields.keySet().removeAll(OWN);
        return fields;
    }

    /** Whatever the other settings say, by a dead daemon, a stopped one, a full queue or the guard at boot. */
    @Test
    void observeClosesNothing() {
        String[] settings = {
            "mode: observe", "hooks: { backend: iptables }", "established: cut", "queue: { length: 1, count: 1 }"
        };
        TcpService.listen(host.server, 22);
        TcpService.listen(host.client, 25);
        host.start("hooks: { backend: iptables }").stop();
        host.assertShut(22);

        RunningDaemon daemon = host.start(settings);
        assertAllIsOpen();
        assertThatWhatBelongsToNoConnectionReachesTheStack();
        daemon.hold();
        host.cable.send(JudgedHost.toServer(4).tcp(40000, 80, 0x02)); // waits, and is all that finds room
        assertAllIsOpen();
        daemon.kill();
        assertAllIsOpen();

        RunningDaemon next = host.start(settings);
        next.stop();
        assertThat(next.log()).contains("hooks=kept: new connections are let through");
        assertAllIsOpen();

        assertThat(hooks("remove")).contains("removed");
        assertThat(hooks("install")).contains("installed with iptables");
        assertAllIsOpen();
    }

    private void assertAllIsOpen() {
        for (int family : new int[] {4, 6}) {
            JudgedHost.assertOpen(host.client, JudgedHost.server(family), 22);
            JudgedHost.assertOpen(host.server, JudgedHost.client(family), 25);
        }
    }

    /** As on a host that sees one half of a connection: an answer to a SYN that another host has sent. */
    private void assertThatWhatBelongsToNoConnectionReachesTheStack() {
        Tally tally = host.tally();
        host.cable.send(JudgedHost.toServer(4).tcp(443, 40000, 0x12));

        await().untilAsserted(() -> assertThat(tally.stack("Tcp OutRsts")).isEqualTo(1));
    }

    @Test
    void monitorOpensAHostThatAnEarlierModeHasClosed() {
        TcpService.listen(host.server, 22);
        host.start("hooks: { backend: iptables }").stop();
        host.assertShut(22);

        RunningDaemon daemon = host.start("mode: monitor");

        assertThat(daemon.log()).contains("hooks.removed");
        host.assertOpen(22);
        assertThat(hooks("install")).contains("nothing is installed");
        assertThat(hooks("check")).contains("no hooks are installed");
        host.assertOpen(22);
    }

    private String hooks(String verb) {
        return host.server.run(
                RunningDaemon.PROGRAM.toString(),
                "hooks",
                verb,
                "--config",
                host.config().toString());
    }

    @Test
    void monitorNeedsNoMoreThanCapNetRawAndLeavesNetfilterAlone() throws IOException {
        TcpService.listen(host.server, 22);
        Files.setPosixFilePermissions(host.directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        RunningDaemon daemon =
                host.launch(nobodyWith("net_raw"), "mode: monitor").awaitLog("daemon.ready");

        assertThat(OnePacket.tcp(host.client, 40000, SERVER_4, 22)).isTrue();
        assertThat(daemon.awaitFlow(CLIENT_4, 22).text("verdict")).isEqualTo("REJECT");
        assertThat(Files.readString(Path.of("/proc", Long.toString(daemon.pid()), "status")))
                .containsPattern("Uid:\\s+" + NOBODY + "\\s+" + NOBODY)
                .containsPattern("CapEff:\\s+0000000000002000\n"); // CAP_NET_RAW is bit 13
        assertThat(host.server.run("nft", "list", "ruleset")).isBlank();
        assertThat(host.server.run("sh", "-c", "cat /proc/net/netfilter/nfnetlink_queue"))
                .isBlank();
        assertThat(daemon.stop()).isZero();
    }

    @Test
    void withoutTheRightItSaysWhichOneIsMissing() throws IOException {
        Files.setPosixFilePermissions(host.directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        RunningDaemon daemon = host.launch(nobodyWith("net_bind_service"), "mode: monitor");

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log()).contains("secgroupd: packets cannot be captured: CAP_NET_RAW is missing");
    }

    @Test
    void anInterfaceThatGoesDownAndIsRenamedIsStillMonitored() {
        TcpService.listen(host.server, 22);
        RunningDaemon daemon = host.start("mode: monitor");

        host.server.ip("link set eth0 down", "link set eth0 name lan", "link set lan up");
        host.server.ip("route replace default via 169.254.0.1 dev lan onlink");

        assertThat(OnePacket.tcp(host.client, 40000, SERVER_4, 22)).isTrue();
        assertThat(daemon.awaitFlow(CLIENT_4, 22).text("verdict")).isEqualTo("REJECT");
        assertThat(daemon.log()).doesNotContain("ERROR");
    }

    /** Each SYN is either judged or counted as lost by libpcap. */
    @Test
    void whatTheCaptureHadNoRoomForIsCounted() {
        int sent = 5000;
        // The kernels of both ends report their IPv6 groups now and then (MLD, behind a hop-by-hop header that the
        // filter
        // lets through), and such a packet would count as well.
        host.network.router().sysctl("net/ipv6/conf/all/disable_ipv6", "1");
        host.server.sysctl("net/ipv6/conf/all/disable_ipv6", "1");
        RunningDaemon daemon = host.start("mode: monitor", "queue: { receive_buffer: 65536 }");
        AdminSocket socket = host.socket();
        Tally tally = host.tally();

        daemon.hold();
        for (int i = 0; i < sent; i++) {
            host.cable.send(JudgedHost.toServer(4).tcp(20_000 + i, 22, 0x02));
        }
        await().until(() -> tally.stack("Tcp InSegs") == sent);
        daemon.goOn();

        await().until(() -> judged(socket) + lost(socket) >= sent);
        assertThat(judged(socket) + lost(socket)).isEqualTo(sent);
        assertThat(judged(socket)).isPositive();
        assertThat(lost(socket)).isPositive();
    }

    private static long judged(AdminSocket socket) {
        return (long) socket.metrics().counter("secgroupd_decisions_total", "verdict=REJECT");
    }

    private static long lost(AdminSocket socket) {
        return (long) socket.metrics().counter("secgroupd_queue_dropped_total", "cause=capture");
    }

    private static List<String> nobodyWith(String capability) {
        return List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--bounding-set=-all,+" + capability,
                "--inh-caps=-all,+" + capability,
                "--ambient-caps=-all,+" + capability,
                "--no-new-privs");
    }
}
