package io.secgroupd.daemon.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Cable;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.PassedPackets;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpClient;
import io.secgroupd.daemon.testkit.UdpService;
import io.secgroupd.rules.net.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A host with services of which two are allowed, to an honest client that uses them all the while; and the cable to it, onto
 * which others put packets as they like. They are on its link, so that no router stops any of it. Each packet is judged: what was refused is not kept in the kernel.
 */
final class AttackedHost implements AutoCloseable {

    static final String HOST_4 = "10.0.1.10";
    static final String HOST_6 = "2001:db8:1::10";
    static final String HONEST_4 = "10.0.1.9";
    static final String HONEST_6 = "2001:db8:1::9";
    static final int TCP = 8080;
    static final int UDP = 5000;

    /** Services that no rule allows to anybody. */
    static final List<Integer> CLOSED_TCP = List.of(22, 9090);

    static final List<Integer> CLOSED_UDP = List.of(53, 123, 5001);

    private static final String RULES = """
            version: 1
            security_groups:
              sg-host:
                inbound:
                  - { protocol: tcp, ports: 8080, source: [%1$s] }
                  - { protocol: udp, ports: 5000, source: [%1$s] }
                outbound: []
            instances:
              host: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-host] }
            """;

    private static final String QUESTION = "are you there?";
    private static final int BETWEEN_QUESTIONS = 200;
    private static final int LONGEST = 1500;

    final NetworkNamespace outside = NetworkNamespace.create("outside");
    final NetworkNamespace host = NetworkNamespace.create("attacked");
    final Cable cable;
    final RunningDaemon daemon;
    final Path directory;
    final TcpService allowed;
    private final List<TcpService> closedTcp;
    private final List<UdpService> closedUdp;
    private final PassedPackets passed;
    private final List<byte[]> sent = new ArrayList<>();
    private final TcpConnection honest;
    private int asked;

    /**
     * Starts it.
     *
     * @param clients  whom the rules allow the two services beside the honest client
     * @param expected what may pass the rules: matches of nftables
     */
    AttackedHost(Path directory, List<String> clients, List<String> expected) {
        this.directory = directory;
        join();
        allowed = TcpService.listen(host, TCP);
        UdpService.listen(host, UDP);
        closedTcp =
                CLOSED_TCP.stream().map(port -> TcpService.listen(host, port)).toList();
        closedUdp =
                CLOSED_UDP.stream().map(port -> UdpService.listen(host, port)).toList();
        cable = Cable.between(outside, "wire", host, "eth0");
        daemon = RunningDaemon.start(host, rules(clients), directory, "cache: off");
        passed = PassedPackets.of(host, Hook.INPUT, PassedPackets.Then.ACCEPT, expected);
        honest = TcpClient.in(outside).connect(HOST_4, TCP);
    }

    private Path rules(List<String> clients) {
        List<String> all = Stream.concat(Stream.of(HONEST_4, HONEST_6), clients.stream())
                .map(address -> '"' + address + '"')
                .toList();
        try {
            return Files.writeString(directory.resolve("rules.yaml"), RULES.formatted(String.join(", ", all)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No advertisement or redirection of a stranger moves the honest client: that is not what is tried here. */
    private void join() {
        outside.connect(host, "wire", "eth0");
        for (String key : List.of(
                "ipv4/conf/all/rp_filter",
                "ipv4/conf/eth0/rp_filter",
                "ipv4/icmp_echo_ignore_broadcasts",
                "ipv4/conf/all/accept_redirects",
                "ipv4/conf/eth0/accept_redirects",
                "ipv6/conf/eth0/accept_ra",
                "ipv6/conf/eth0/accept_redirects")) {
            host.sysctl("net/" + key, "0");
        }
        host.sysctl("net/ipv4/conf/all/accept_source_route", "1");
        outside.address("wire", HONEST_4 + "/24");
        outside.address("wire", HONEST_6 + "/64");
        host.address("eth0", HOST_4 + "/24");
        host.address("eth0", HOST_6 + "/64");
        know(host, "eth0", List.of(HONEST_4, HONEST_6), outside, "wire");
        know(outside, "wire", List.of(HOST_4, HOST_6), host, "eth0");
    }

    /** Lets one namespace know for good behind which card addresses of another are. */
    static void know(
            NetworkNamespace who, String through, List<String> addresses, NetworkNamespace other, String card) {
        String link = other.run("cat", "/sys/class/net/" + card + "/address").strip();
        who.ip(addresses.stream()
                .map(address -> "neigh replace " + address + " lladdr " + link + " nud permanent dev " + through)
                .toArray(String[]::new));
    }

    /** Sends at least so many packets; the honest client asks a question behind every {@value #BETWEEN_QUESTIONS} of them. */
    void attack(int packets, Supplier<List<byte[]>> next) {
        int end = sent.size() + packets;
        while (sent.size() < end) {
            int question = Math.min(end, sent.size() + BETWEEN_QUESTIONS);
            while (sent.size() < question) {
                next.get().stream()
                        .filter(packet -> packet.length > 0 && packet.length <= LONGEST)
                        .forEach(this::send);
            }
            String to = asked++ % 2 == 0 ? HOST_4 : HOST_6;
            UdpClient.in(outside).assertAnswered(to, UDP, QUESTION);
            assertThat(honest.echo(QUESTION)).isEqualTo(QUESTION);
        }
    }

    private void send(byte[] packet) {
        cable.sendFrom(PassedPackets.card(sent.size()), packet);
        sent.add(packet);
    }

    /** Asserts that nobody got in, that the honest client did, and that each packet was counted once. */
    void assertHeld() {
        List<String> got = passed.numbers().stream()
                .mapToObj(number -> HexFormat.of().formatHex(sent.get(number)))
                .toList();
        assertThat(got).as("packets that passed, of " + sent.size()).isEmpty();
        assertThat(closedTcp).as("closed services of TCP").allMatch(service -> service.acceptedConnections() == 0);
        assertThat(closedUdp).as("closed services of UDP").allMatch(service -> service.receivedDatagrams() == 0);
        assertThat(honest.echo(QUESTION)).isEqualTo(QUESTION);
        TcpClient.in(outside).assertOpen(HOST_4, TCP);
        TcpClient.in(outside).assertOpen(HOST_6, TCP);
        assertCounted();
        assertThat(daemon.log()).doesNotContain("ERROR");
    }

    /** What came was refused by the daemon, dropped as part of no connection or as malformed, or has passed. */
    private void assertCounted() {
        await("each packet is counted").ignoreExceptions().untilAsserted(() -> {
            Exposition metrics = admin().metrics();
            assertThat((long) metrics.counter("secgroupd_decisions_total"))
                    .as("first packets that came in or went out")
                    .isEqualTo(hooks(metrics, "input", "queued") + hooks(metrics, "output", "queued"));
            long refused = refusedInTheLog();
            long invalid = hooks(metrics, "input", "invalid");
            long malformed = MalformedPackets.of(host);
            assertThat(refused + invalid + malformed + passed.passes())
                    .as("refused %s, invalid %s, malformed %s, passed %s", refused, invalid, malformed, passed.passes())
                    .isEqualTo(passed.arrivals());
        });
        assertThat(passed.arrivals()).as("some of it comes to the hook").isGreaterThanOrEqualTo(sent.size() / 4L);
    }

    /** Of those that came in: the host's own packets come from no interface. */
    private long refusedInTheLog() {
        return daemon.flows().stream()
                .filter(line -> line.text("verdict").equals("REJECT"))
                .filter(line -> line.text("in").equals("eth0"))
                .mapToLong(FlowLine::decisions)
                .sum();
    }

    private static long hooks(Exposition metrics, String hook, String step) {
        return (long) metrics.counter("secgroupd_hooks_packets_total", "hook=" + hook, "step=" + step);
    }

    AdminSocket admin() {
        return AdminSocket.await(host, directory);
    }

    @Override
    public void close() {
        honest.close();
        cable.close();
        host.close();
        outside.close();
    }
}
