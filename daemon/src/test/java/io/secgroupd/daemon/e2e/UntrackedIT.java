package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.assertShut;
import static io.secgroupd.daemon.e2e.JudgedHost.client;
import static io.secgroupd.daemon.e2e.JudgedHost.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.OnePacket;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpClient;
import io.secgroupd.daemon.testkit.UdpService;
import io.secgroupd.daemon.testkit.WirePacket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host that takes its services out of connection tracking, as busy name servers do. No packet of them belongs to a
 * connection for the kernel, so that questions and answers are judged alike.
 */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UntrackedIT {

    /** The host and its guest may be asked by UDP 53 and TCP 8080, and may ask by UDP 5353. */
    private static final String RULES = """
            version: 1
            security_groups:
              sg-dns:
                inbound:
                  - { protocol: udp, ports: 53, source: any }
                  - { protocol: tcp, ports: 8080, source: any }
                  - { protocol: icmp, icmp_type: 8, source: any }
                  - { protocol: icmpv6, icmp_type: 128, source: any }
                outbound:
                  - { protocol: udp, ports: 5353, destination: any }
            instances:
              host: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-dns] }
              guest: { addresses: [10.0.9.2, "2001:db8:9::2"], security_groups: [sg-dns] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @AutoClose
    private final GuestNetwork guests = GuestNetwork.behind(host);

    @BeforeAll
    void takeEverythingOutOfTracking() {
        for (String tool : new String[] {"iptables", "ip6tables"}) {
            for (String chain : new String[] {"PREROUTING", "OUTPUT"}) {
                for (String protocol : new String[] {"udp", "tcp", tool.equals("iptables") ? "icmp" : "ipv6-icmp"}) {
                    String rule = " -t raw -A " + chain + " -p " + protocol + " -j CT --notrack";
                    host.server.run((tool + rule).split(" "));
                }
            }
        }
        for (NetworkNamespace where : new NetworkNamespace[] {host.server, host.client, guests.guest}) {
            UdpService.listen(where, 53);
            UdpService.listen(where, 5353);
            TcpService.listen(where, 8080);
            TcpService.listen(where, 22);
        }
        host.start("carry: [host, guest]", "hooks: { backend: iptables, forward: true }", "pickup: reject");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void whatMayBeAskedIsAnswered(int family) {
        for (String asked : new String[] {server(family), GuestNetwork.guest(family)}) {
            UdpClient.in(host.client).assertAnswered(asked, 53, "who");
            try (TcpConnection connection = TcpClient.in(host.client).connect(asked, 8080)) {
                assertThat(connection.echo("hello")).isEqualTo("hello");
            }
            assertThat(OnePacket.ping(host.client, asked)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void anAnswerIsRecordedAsTheFlowThatItBelongsTo(int family) {
        Tally tally = host.tally();

        UdpClient.in(host.client).assertAnswered(server(family), 53, "who");

        tally.assertDecisions("ingress ACCEPT rule 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void theHostsOwnQuestionsAreAnswered(int family) {
        UdpClient.in(host.server).assertAnswered(client(family), 5353, "who");
    }

    /** A packet from port 5353 may be an answer to a question of this host; nobody here has asked, nor has the guest. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void nothingComesInForItsSourcePortAlone(int family) {
        Tally tally = host.tally();

        host.cable.send(
                JudgedHost.toServer(family).udp(5353, 22),
                WirePacket.of(client(family), GuestNetwork.guest(family)).udp(5353, 22),
                JudgedHost.toServer(family).tcp(5353, 22, 0x10));

        tally.assertDecisions("ingress REJECT no-matching-rule 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void whatMayNotBeAskedIsNot(int family) {
        assertShut(host.client, server(family), 22);
        assertShut(host.client, GuestNetwork.guest(family), 22);
        UdpClient.in(host.client).assertSilent(server(family), 5353, "who");
        UdpClient.in(host.server).assertSilent(client(family), 53, "who");
        UdpClient.in(guests.guest).assertSilent(client(family), 53, "who");
    }
}
