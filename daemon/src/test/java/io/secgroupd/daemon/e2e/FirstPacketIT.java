package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.assertOpen;
import static io.secgroupd.daemon.e2e.JudgedHost.assertShut;
import static io.secgroupd.daemon.e2e.JudgedHost.client;
import static io.secgroupd.daemon.e2e.JudgedHost.server;
import static io.secgroupd.daemon.e2e.JudgedHost.toServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpClient;
import io.secgroupd.daemon.testkit.UdpPair;
import io.secgroupd.daemon.testkit.UdpService;
import io.secgroupd.daemon.testkit.WirePacket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever may open a connection is judged, once; whatever can belong to none is dropped by the kernel, and counted there. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstPacketIT {

    private static final String EVERYTHING = "10.0.1.11";
    private static final int GRE = 47;
    private static final int ESP = 50;
    private static final int EXPERIMENT = 253;

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
                  - { protocol: udp, ports: 53, source: any }
                  - { protocol: icmp, icmp_type: 8, icmp_code: 0, source: any }
                  - { protocol: icmpv6, icmp_type: 128, icmp_code: 0, source: any }
                  - { protocol: 47, source: any }
                  - { protocol: 132, source: 198.51.100.0/24 }
                outbound:
                  - { protocol: tcp, ports: 443, destination: any }
                  - { protocol: udp, ports: 53, destination: any }
              sg-everything:
                inbound:
                  - { protocol: all, source: 198.51.100.7 }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
              everything: { addresses: [10.0.1.11], security_groups: [sg-everything] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    private int port = 30_000;

    @BeforeAll
    void start() {
        host.server.ip("addr add " + EVERYTHING + "/32 dev eth0");
        // Data in a SYN reaches the listener at once, without a cookie from an earlier connection.
        host.server.sysctl("net/ipv4/tcp_fastopen", String.valueOf(0x2 | 0x200 | 0x400));
        TcpService.listen(host.client, 443);
        TcpService.listen(host.client, 80);
        UdpService.listen(host.server, 53);
        UdpService.listen(host.client, 53);
        host.start();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"SYN, 02", "SYN+ECN, c2", "SYN+PSH, 0a", "SYN+URG, 22", "ACK, 10", "PSH+ACK, 18"})
    void whatMayOpenAConnectionIsJudged(String name, String flags) {
        Tally tally = host.tally();

        for (int family : new int[] {4, 6}) {
            host.cable.send(tcp(family, 80, flags), tcp(family, 81, flags));
        }

        tally.assertDecisions("ingress ACCEPT rule 2", "ingress REJECT no-matching-rule 2");
        tally.assertInvalid(0);
    }

    @Test
    void whatCanOpenNoneIsDroppedInTheKernelAndCountedThere() {
        Tally tally = host.tally();
        // SYN+ACK, FIN, FIN+ACK, RST, RST+ACK, null, SYN+FIN, SYN+RST, xmas, all
        String[] sets = {"12", "01", "11", "04", "14", "00", "03", "06", "29", "3f"};

        for (String flags : sets) {
            host.cable.send(tcp(4, 80, flags), tcp(6, 80, flags));
        }

        tally.assertInvalid(2L * sets.length);
        tally.assertDecisions();
        assertThat(tally.stack("Tcp OutRsts")).as("nothing is answered").isZero();
    }

    @Test
    void dataInTheSynIsAcceptedWithItAndRejectedWithIt() {
        TcpService open = TcpService.listen(host.server, 80);
        TcpService closed = TcpService.listen(host.server, 81);
        Tally tally = host.tally();

        host.cable.send(
                toServer(4).tcp(port++, 81, 0x02, bytes("hello")), toServer(4).tcp(port++, 80, 0x02, bytes("hello")));

        await().until(() -> open.acceptedConnections() == 1); // no third packet of a handshake was sent
        assertThat(closed.acceptedConnections()).isZero();
        tally.assertDecisions("ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void datagramsOfAConnectionAreJudgedOnce(int family) {
        Tally tally = host.tally();

        UdpClient.in(host.client).assertAnswered(server(family), 53, "who?");
        UdpClient.in(host.client).assertSilent(server(family), 54, "who?");
        UdpClient.in(host.server).assertAnswered(client(family), 53, "who?");
        UdpClient.in(host.server).assertSilent(client(family), 54, "who?");

        tally.assertDecisions(
                "egress ACCEPT rule 1",
                "egress REJECT no-matching-rule 1",
                "ingress ACCEPT rule 1",
                "ingress REJECT no-matching-rule 1");
        assertThat(tally.stack("Udp NoPorts"))
                .as("a rejected one reaches nobody")
                .isZero();
    }

    /** A resolver asks for both addresses of a name at once, out of one socket: two first packets of one connection. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void twoQuestionsOutOfOneSocketAreBothAnswered(int family) {
        Tally tally = host.tally();

        assertThat(UdpPair.answered(host.client, server(family), 53, 50)).isEqualTo(100);
        assertThat(UdpPair.answered(host.server, client(family), 53, 50)).isEqualTo(100);

        assertThat(tally.decisions().keySet()).containsExactly("egress ACCEPT rule", "ingress ACCEPT rule");
        assertThat(tally.decisions().values())
                .as("of a pair, the second is judged too when it comes before the first one's verdict")
                .allMatch(judged -> judged >= 50 && judged <= 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void whatTheHostOpensIsJudgedToo(int family) {
        Tally tally = host.tally();

        assertOpen(host.server, client(family), 443);
        assertShut(host.server, client(family), 80);

        tally.assertDecisions("egress ACCEPT rule 1", "egress REJECT no-matching-rule 1");
    }

    @ParameterizedTest(name = "IPv{0} type {1} code {2}: {3}")
    @CsvSource({
        "4, 8, 0, ingress ACCEPT rule 1",
        "4, 8, 1, ingress REJECT no-matching-rule 1",
        "4, 13, 0, ingress REJECT no-matching-rule 1",
        "6, 128, 0, ingress ACCEPT rule 1",
        "6, 128, 1, ingress REJECT no-matching-rule 1",
        "6, 139, 0, ingress REJECT no-matching-rule 1"
    })
    void icmpIsJudgedByTypeAndCode(int family, int type, int code, String decision) {
        Tally tally = host.tally();

        host.cable.send(toServer(family).icmp(type, code, port++));

        tally.assertDecisions(decision);
        boolean answered = decision.contains("ACCEPT");
        await().until(() -> tally.stack("Icmp OutEchoReps") + tally.stack("Icmp6OutEchoReplies") == (answered ? 1 : 0));
    }

    @Test
    void icmpErrorsAboutNoConnectionAreDropped() {
        Tally tally = host.tally();
        byte[] forged = WirePacket.of(SERVER_4, CLIENT_4).tcp(4711, 4712, 0x10);
        byte[] unreachable = new byte[8 + forged.length];
        unreachable[0] = 3;
        System.arraycopy(forged, 0, unreachable, 8, forged.length);

        host.cable.send(toServer(4).payload(1, WirePacket.withChecksum(unreachable, 2)));

        tally.assertInvalid(1);
        tally.assertDecisions();
    }

    @ParameterizedTest(name = "IPv{0} protocol {1}: {2}")
    @CsvSource({
        "4, 47, ingress ACCEPT rule 1",
        "6, 47, ingress ACCEPT rule 1",
        "4, 50, ingress REJECT no-matching-rule 1",
        "6, 50, ingress REJECT no-matching-rule 1",
        "4, 253, ingress REJECT no-matching-rule 1",
    })
    void otherProtocolsAreJudgedByNumber(int family, int protocol, String decision) {
        Tally tally = host.tally();

        host.cable.send(toServer(family).payload(protocol, new byte[16]));

        tally.assertDecisions(decision);
    }

    @Test
    void sctpIsAProtocolByNumber() {
        Tally tally = host.tally();

        host.cable.send(toServer(4).sctpInit(port++, 3868), toServer(6).sctpInit(port++, 3868));

        tally.assertDecisions("ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
    }

    @Test
    void allMeansEveryProtocol() {
        Tally tally = host.tally();
        WirePacket packet = WirePacket.of(CLIENT_4, EVERYTHING);
        WirePacket stranger = WirePacket.of("198.51.100.8", EVERYTHING);

        host.cable.send(
                packet.tcp(port++, 1, 0x02),
                packet.udp(port++, 1),
                packet.icmp(13, 0, port++),
                packet.sctpInit(port++, 1),
                packet.payload(GRE, new byte[16]),
                packet.payload(ESP, new byte[16]),
                packet.payload(EXPERIMENT, new byte[16]),
                stranger.tcp(port++, 1, 0x02),
                stranger.payload(GRE, new byte[16]));

        tally.assertDecisions("ingress ACCEPT rule 7", "ingress REJECT no-matching-rule 2");
    }

    private byte[] tcp(int family, int to, String flags) {
        return toServer(family).tcp(port++, to, Integer.parseInt(flags, 16));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
