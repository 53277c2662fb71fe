package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which instances a host is follows its addresses while it runs. */
@NetnsTest
class CarryIT {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
              sg-mail:
                inbound:
                  - { protocol: tcp, ports: 25, source: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
              mail: { addresses: [10.0.1.11, "2001:db8:1::11"], security_groups: [sg-mail] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @BeforeEach
    void listenAndRouteTheSecondAddress() {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 25);
        host.network.router().ip("route add 10.0.1.11/32 dev port2", "route add 2001:db8:1::11/128 via 2001:db8:1::10");
    }

    @Test
    void anAddressThatComesBringsItsInstance() {
        RunningDaemon daemon = host.start();

        host.server.ip("addr add 10.0.1.11/32 dev eth0");

        daemon.awaitLog("instances=web,mail");
        assertOpen("10.0.1.11", 25);
        assertShut("10.0.1.11", 80);
        assertOpen("10.0.1.10", 80);
        assertShut("10.0.1.10", 25);
    }

    @Test
    void bothFamiliesAreFollowed() {
        RunningDaemon daemon = host.start();

        host.server.ip("addr add 2001:db8:1::11/128 dev eth0 nodad");

        daemon.awaitGeneration(2);
        assertOpen("2001:db8:1::11", 25);
        assertShut("2001:db8:1::11", 80);
    }

    @Test
    void anAddressThatGoesTakesItsInstanceAlong() {
        host.server.ip("addr add 10.0.1.11/32 dev eth0");
        RunningDaemon daemon = host.start("host_instance: web");
        assertThat(daemon.log()).contains("instances=web,mail");

        host.server.ip("addr del 10.0.1.11/32 dev eth0");

        daemon.awaitGeneration(2);
        assertThat(daemon.log()).contains("carry.changed instances=web before=web,mail");
    }

    @Test
    void theLastInstanceStaysInForceWhenItsAddressGoes() {
        RunningDaemon daemon = host.start();
        host.server.ip("addr add 10.0.1.12/32 dev eth0");
        host.network.router().ip("route add 10.0.1.12/32 dev port2");

        host.server.ip("addr del 10.0.1.10/32 dev eth0", "addr del 2001:db8:1::10/128 dev eth0");

        daemon.awaitLog("carry.lost");
        assertOpen("10.0.1.12", 80);
        assertShut("10.0.1.12", 25);
        host.server.ip("addr add 10.0.1.11/32 dev eth0");
        daemon.awaitLog("carry.changed instances=mail before=web");
        assertOpen("10.0.1.11", 25);
        assertShut("10.0.1.11", 80);
    }

    @Test
    void aNamedInstanceAnswersForTheHostsOtherAddresses() {
        host.server.ip("addr add 10.0.1.11/32 dev eth0", "addr add 10.0.1.12/32 dev eth0");
        host.network.router().ip("route add 10.0.1.12/32 dev port2");

        host.start("host_instance: mail");

        assertOpen("10.0.1.12", 25);
        assertShut("10.0.1.12", 80);
        assertOpen("10.0.1.10", 80);
        assertShut("10.0.1.10", 25);
    }

    /** A floating address makes the host two instances. Who answers for the rest does not change, and nothing opens. */
    @Test
    void anAddressEventDoesNotOpenWhatNoInstanceLists() {
        host.server.ip("addr add 10.0.1.12/32 dev eth0");
        host.network.router().ip("route add 10.0.1.12/32 dev port2");
        RunningDaemon daemon = host.start();
        assertOpen("10.0.1.12", 80);
        assertShut("10.0.1.12", 25);

        host.server.ip("addr add 10.0.1.11/32 dev eth0");
        daemon.awaitLog("carry.changed instances=web,mail before=web");
        assertOpen("10.0.1.12", 80);
        assertShut("10.0.1.12", 25);

        daemon.stop();
        RunningDaemon next = host.start();
        assertThat(next.log()).contains("instances=web,mail");
        assertOpen("10.0.1.12", 80);
        assertShut("10.0.1.12", 25);
    }

    @Test
    void whoIsSeveralFromTheStartRefusesWhatNoInstanceLists() {
        host.server.ip("addr add 10.0.1.11/32 dev eth0", "addr add 10.0.1.12/32 dev eth0");
        host.network.router().ip("route add 10.0.1.12/32 dev port2");

        RunningDaemon daemon = host.start();

        assertThat(daemon.log()).contains("carry.no_host_instance");
        assertShut("10.0.1.12", 80);
        assertShut("10.0.1.12", 25);
        assertThat(daemon.awaitFlow("198.51.100.7", 25).text("reason")).isEqualTo("no-instance");
    }

    @Test
    void onlyAWrittenWordOpensWhatNoInstanceLists() {
        host.server.ip("addr add 10.0.1.12/32 dev eth0");
        host.network.router().ip("route add 10.0.1.12/32 dev port2");

        host.start("host_instance: open");

        assertOpen("10.0.1.12", 25);
        assertShut("10.0.1.10", 25);
    }

    /** A bridge has the same address on many hosts; another host's instance that lists it does not make this host that one. */
    @Test
    void anotherHostsInstanceThatListsAnAddressOfThisOneDoesNotChangeIt() {
        host.server.ip("link add bridge0 type bridge", "addr add 10.0.1.12/32 dev bridge0", "link set bridge0 up");
        host.network.router().ip("route add 10.0.1.12/32 dev port2");
        host.rules(RULES.replace("10.0.1.11, ", "10.0.1.11, 10.0.1.12, 127.0.0.1, "));

        RunningDaemon daemon = host.start();

        assertThat(daemon.log())
                .contains("carry.passed_over mail lists 10.0.1.12")
                .contains("instances=web");
        assertOpen("10.0.1.12", 80);
        assertShut("10.0.1.12", 25);
    }

    @Test
    void aRenamedInterfaceIsStillJudged() {
        RunningDaemon daemon = host.start();

        host.server.ip("link set eth0 down", "link set eth0 name lan", "link set lan up");
        host.server.ip(
                "addr replace 2001:db8:1::10/128 dev lan nodad",
                "route replace default via 169.254.0.1 dev lan onlink",
                "route replace default via fe80::1 dev lan");

        assertOpen("10.0.1.10", 80);
        assertShut("10.0.1.10", 25);
        assertThat(daemon.log()).doesNotContain("ERROR");
    }

    @Test
    void anInterfaceOfItsOwnComesAndGoes() {
        RunningDaemon daemon = host.start();

        host.server.ip(
                "link add extra type veth peer name extra-end", "addr add 10.0.1.11/32 dev extra", "link set extra up");
        daemon.awaitGeneration(2);
        assertOpen("10.0.1.11", 25);

        host.server.ip("link del extra");
        daemon.awaitLog("carry.changed instances=web before=web,mail");
    }

    private void assertOpen(String address, int port) {
        JudgedHost.assertOpen(host.client, address, port);
    }

    private void assertShut(String address, int port) {
        JudgedHost.assertShut(host.client, address, port);
    }
}
