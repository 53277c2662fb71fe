package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.GuestNetwork.GUEST_4;
import static io.secgroupd.daemon.e2e.GuestNetwork.GUEST_6;
import static io.secgroupd.daemon.e2e.GuestNetwork.guest;
import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_4;
import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_6;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;
import static io.secgroupd.daemon.e2e.JudgedHost.assertOpen;
import static io.secgroupd.daemon.e2e.JudgedHost.assertShut;
import static io.secgroupd.daemon.e2e.JudgedHost.client;
import static io.secgroupd.daemon.e2e.JudgedHost.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.Wait;
import io.secgroupd.daemon.testkit.WirePacket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest, as a container or a virtual machine, behind the host that carries it as an instance beside its own. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForwardIT {

    private static final String STRANGER = "10.0.9.3";
    private static final String RULES = """
            version: 1
            security_groups:
              sg-host:
                inbound:
                  - { protocol: tcp, ports: [22, 80], source: any }
              sg-guest:
                inbound:
                  - { protocol: tcp, ports: 8080, source: any }
                outbound:
                  - { protocol: tcp, ports: [443, 80], destination: any }
            instances:
              host: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-host] }
              guest: { addresses: [10.0.9.2, "2001:db8:9::2"], security_groups: [sg-guest] }
            """;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final String CARRIED = "carry: [host, guest]\nhost_instance: host";

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @AutoClose
    private final GuestNetwork guests = GuestNetwork.behind(host);

    private final NetworkNamespace guest = guests.guest;

    @SuppressWarnings("NullAway.Init")
    private TcpConnection inward;

    @SuppressWarnings("NullAway.Init")
    private TcpConnection outward;

    @BeforeAll
    void startBesideRunningConnections() {
        guest.address("eth0", STRANGER + "/24");
        for (int port : new int[] {22, 80, 443, 8080}) {
            TcpService.listen(guest, port);
            TcpService.listen(host.client, port);
            TcpService.listen(host.server, port);
        }
        inward = TcpClient.in(host.client).connect(GUEST_4, 8080);
        outward = TcpClient.in(guest).connect(CLIENT_6, 443);
        host.start(CARRIED, "hooks: { forward: true }", "established: cut");
    }

    @AfterAll
    void endTheConnections() {
        inward.close();
        outward.close();
    }

    @Test
    @Order(1)
    void itsRunningConnectionsArePickedUp() {
        Tally tally = host.tally();

        assertThat(inward.echo("still here")).isEqualTo("still here");
        assertThat(outward.echo("still here")).isEqualTo("still here");

        tally.assertDecisions("egress ACCEPT rule 1", "ingress ACCEPT rule 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    @Order(2)
    void bothDirectionsAreJudgedByItsOwnGroups(int family) {
        Tally tally = host.tally();

        assertOpen(host.client, guest(family), 8080);
        assertShut(host.client, guest(family), 22);
        assertOpen(guest, client(family), 443);
        assertShut(guest, client(family), 22);

        tally.assertDecisions(
                "egress ACCEPT rule 1",
                "egress REJECT no-matching-rule 1",
                "ingress ACCEPT rule 1",
                "ingress REJECT no-matching-rule 1");
        assertJudged(host.daemon().awaitFlow(client(family), 8080), "ingress", "ACCEPT");
        assertJudged(host.daemon().awaitFlow(client(family), 22), "ingress", "REJECT");
        assertJudged(host.daemon().awaitFlow(guest(family), 443), "egress", "ACCEPT");
        assertJudged(host.daemon().awaitFlow(guest(family), 22), "egress", "REJECT");
    }

    /** The guest may open 80 and 443, of which the host takes 80; the host may open anything, of which the guest takes 8080. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    @Order(2)
    void betweenHostAndGuestBothHalvesCount(int family) {
        Tally tally = host.tally();

        assertOpen(guest, server(family), 80);
        assertShut(guest, server(family), 22);
        assertShut(guest, server(family), 443);
        assertOpen(host.server, guest(family), 8080);
        assertShut(host.server, guest(family), 22);

        tally.assertDecisions(
                "egress ACCEPT rule 1", // the host to the guest's 8080, by its own outbound rules
                "egress REJECT no-matching-rule 1", // the guest to 22
                "ingress ACCEPT rule 1",
                "ingress REJECT no-matching-rule 2"); // the guest to 443, and the host to the guest's 22
    }

    @Test
    @Order(2)
    void theHostsOwnTrafficIsJudgedOnce() {
        Tally tally = host.tally();

        assertOpen(host.client, SERVER_4, 80);
        assertShut(host.client, SERVER_4, 443);
        assertOpen(host.server, CLIENT_4, 22);

        tally.assertDecisions("egress ACCEPT rule 1", "ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
    }

    @Test
    @Order(2)
    void trafficOfOthersThroughTheHostIsNotJudged() {
        Tally tally = host.tally();

        assertOpen(host.client, STRANGER, 22);

        tally.assertDecisions("ingress ACCEPT no-instance 1");
    }

    /** What is routed is no loopback, whatever source it bears; and a stranger's ACK is no answer to the guest. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    @Order(2)
    void whatAStrangerForgesDoesNotReachTheGuest(int family) {
        Tally tally = host.tally();

        host.cable.send(WirePacket.of(guest(family), guest(family)).tcp(40000, 22, SYN));
        host.cable.send(WirePacket.of(guest(family), guest(family)).tcp(40000, 80, SYN));
        host.cable.send(WirePacket.of(client(family), guest(family)).tcp(443, 40000, ACK));

        tally.assertDecisions(
                "egress REJECT no-matching-rule 1", // the guest may not open 22
                "ingress REJECT no-matching-rule 2"); // it may open 80, and takes it from nobody; and the ACK
    }

    /** Queries and reports come from the link; a router would hand on what anybody far away calls one. */
    @Test
    @Order(2)
    void aListenerMessageOfAStrangerIsJudged() {
        Tally tally = host.tally();

        for (int type : new int[] {130, 131, 132, 143}) {
            host.cable.send(WirePacket.of(CLIENT_6, GUEST_6).icmp(type, 0, 0));
            host.cable.send(WirePacket.of(CLIENT_6, SERVER_6).icmp(type, 0, 0));
        }

        tally.assertDecisions("ingress REJECT no-matching-rule 8");
    }

    /** The kernel stops an own source of IPv4 by itself. */
    @Test
    @Order(2)
    void theHostsOwnSourceDoesNotComeFromOutside() {
        Tally tally = host.tally();

        host.cable.send(WirePacket.of(SERVER_6, GUEST_6).tcp(40000, 8080, SYN));
        host.cable.send(WirePacket.of(SERVER_6, SERVER_6).tcp(40000, 80, SYN));
        host.cable.send(WirePacket.of("2001:db8:9::1", SERVER_6).tcp(40000, 80, SYN));
        host.cable.send(WirePacket.of(SERVER_6, "2001:db8:9::").tcp(40000, 80, SYN)); // the anycast address of routers

        tally.assertDecisions("ingress REJECT own-source 4");
    }

    @Test
    @Order(3)
    void aConnectionThatLosesItsRuleIsCut() {
        host.rules(RULES.replace("[443, 80]", "[80]"));

        host.daemon().awaitLog("connections.judged");

        assertThat(outward.isAlive(Wait.FOR_ONE_PACKET)).isFalse();
        assertThat(inward.echo("still here")).isEqualTo("still here");
    }

    @Test
    @Order(4)
    void withoutForwardNobodyLooksAtRoutedTraffic() {
        host.daemon().stop();
        host.start(CARRIED);
        Tally tally = host.tally();

        assertOpen(host.client, GUEST_4, 22);
        assertOpen(guest, CLIENT_4, 22);
        assertOpen(host.client, SERVER_4, 80);

        tally.assertDecisions("ingress ACCEPT rule 1");
    }

    private static void assertJudged(FlowLine line, String direction, String verdict) {
        assertThat(line.text("instance")).isEqualTo("guest");
        assertThat(line.text("direction")).isEqualTo(direction);
        assertThat(line.text("verdict")).isEqualTo(verdict);
    }
}
