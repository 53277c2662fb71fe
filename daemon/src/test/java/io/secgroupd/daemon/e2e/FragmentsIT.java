package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.server;
import static io.secgroupd.daemon.e2e.JudgedHost.toServer;
import static io.secgroupd.daemon.testkit.WirePacket.fragment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.UdpClient;
import io.secgroupd.daemon.testkit.UdpService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A packet in pieces is one packet, judged by its ports; pieces that contradict each other are none. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FragmentsIT {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
                  - { protocol: udp, ports: 53, source: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    private int port = 30_000;

    @BeforeAll
    void start() {
        UdpService.listen(host.server, 53);
        UdpService.listen(host.server, 54);
        host.start();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void aLargeDatagramIsJudgedOnce(int family) {
        Tally tally = host.tally();
        String large = "x".repeat(5000);

        UdpClient.in(host.client).assertAnswered(server(family), 53, large);
        UdpClient.in(host.client).assertSilent(server(family), 54, large);

        tally.assertDecisions("ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
    }

    @Test
    void aTcpHeaderInThreePiecesIsReadWhole() {
        Tally tally = host.tally();

        sendInPieces(toServer(4).tcp(port++, 80, 0x02));
        sendInPieces(toServer(4).tcp(port++, 81, 0x02));

        tally.assertDecisions("ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
    }

    /** IPv6 forbids it (RFC 7112), and the kernel drops such a first piece. */
    @Test
    void anIpv6HeaderInThreePiecesReachesNobody() {
        Tally tally = host.tally();

        sendInPieces(toServer(6).tcp(port++, 80, 0x02));
        host.cable.send(toServer(6).tcp(port++, 81, 0x02));

        tally.assertDecisions("ingress REJECT no-matching-rule 1");
        assertThat(tally.stack("Tcp InSegs")).isZero();
    }

    @Test
    void anAtomicFragmentIsAWholePacket() {
        Tally tally = host.tally();
        byte[] allowed = toServer(6).tcp(port++, 80, 0x02);
        byte[] denied = toServer(6).tcp(port++, 81, 0x02);

        host.cable.send(fragment(allowed, 0, 20, false), fragment(denied, 0, 20, false));

        tally.assertDecisions("ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
    }

    /** Whoever reads the first piece sees port 53, whoever lets the later one win delivers to port 54. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void piecesThatOverlapAreNoPacket(int family) {
        Tally tally = host.tally();
        byte[] honest = toServer(family).udp(port++, 53, new byte[24]);
        byte[] other = honest.clone();
        other[honest.length - 29]++; // the low byte of the destination port

        host.cable.send(fragment(honest, 0, 16, true), fragment(other, 0, 24, true), fragment(other, 24, 32, false));
        host.cable.send(toServer(family).tcp(port++, 80, 0x02));

        tally.assertDecisions("ingress ACCEPT rule 1");
        assertThat(tally.stack("Udp InDatagrams") + tally.stack("Udp6InDatagrams"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void aPieceWithoutTheOthersReachesNobody(int family) {
        Tally tally = host.tally();

        host.cable.send(fragment(toServer(family).udp(port++, 53, new byte[24]), 0, 16, true));
        host.cable.send(fragment(toServer(family).udp(port++, 53, new byte[24]), 16, 32, false));
        host.cable.send(toServer(family).tcp(port++, 80, 0x02));

        tally.assertDecisions("ingress ACCEPT rule 1");
        assertThat(tally.stack("Udp InDatagrams") + tally.stack("Udp6InDatagrams"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void aDatagramOfSixtyKilobytesInOnePacketIsJudged(int family) {
        for (String end : new String[] {"port1", "port2"}) {
            host.network.router().ip("link set " + end + " mtu 65535");
        }
        host.client.ip("link set eth0 mtu 65535");
        host.server.ip("link set eth0 mtu 65535");
        Tally tally = host.tally();
        String jumbo = "x".repeat(60_000);

        UdpClient.in(host.client).assertAnswered(server(family), 53, jumbo);
        UdpClient.in(host.client).assertSilent(server(family), 54, jumbo);

        tally.assertDecisions("ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
        await().until(() -> tally.stack("Ip ReasmReqds") + tally.stack("Ip6ReasmReqds") == 0);
    }

    private void sendInPieces(byte[] tcp) {
        host.cable.send(fragment(tcp, 0, 8, true), fragment(tcp, 8, 16, true), fragment(tcp, 16, 20, false));
    }
}
