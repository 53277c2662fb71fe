package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @BeforeEach
    void listenAndRouteTheSecondAddress() {
        TcpService.listen(server, 80);
        TcpService.listen(server, 25);
        network.router().ip("route add 10.0.1.11/32 dev port2", "route add 2001:db8:1::11/128 via 2001:db8:1::10");
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void anAddressThatComesBringsItsInstance() throws IOException {
        RunningDaemon daemon = start("");

        server.ip("addr add 10.0.1.11/32 dev eth0");

        daemon.awaitLog("instances=web,mail");
        assertOpen("10.0.1.11", 25);
        assertClosed("10.0.1.11", 80);
        assertOpen("10.0.1.10", 80);
        assertClosed("10.0.1.10", 25);
    }

    @Test
    void bothFamiliesAreFollowed() throws IOException {
        RunningDaemon daemon = start("");

        server.ip("addr add 2001:db8:1::11/128 dev eth0 nodad");

        daemon.awaitGeneration(2);
        assertOpen("2001:db8:1::11", 25);
        assertClosed("2001:db8:1::11", 80);
    }

    @Test
    void anAddressThatGoesTakesItsInstanceAlong() throws IOException {
        server.ip("addr add 10.0.1.11/32 dev eth0");
        RunningDaemon daemon = start("host_instance: web");
        assertThat(daemon.log()).contains("instances=web,mail");

        server.ip("addr del 10.0.1.11/32 dev eth0");

        daemon.awaitGeneration(2);
        assertThat(daemon.log()).contains("carry.changed instances=web before=web,mail");
    }

    @Test
    void theLastInstanceStaysInForceWhenItsAddressGoes() throws IOException {
        RunningDaemon daemon = start("");
        server.ip("addr add 10.0.1.12/32 dev eth0");
        network.router().ip("route add 10.0.1.12/32 dev port2");

        server.ip("addr del 10.0.1.10/32 dev eth0", "addr del 2001:db8:1::10/128 dev eth0");

        daemon.awaitLog("carry.lost");
        assertOpen("10.0.1.12", 80);
        assertClosed("10.0.1.12", 25);
        server.ip("addr add 10.0.1.11/32 dev eth0");
        daemon.awaitLog("carry.changed instances=mail before=web");
        assertOpen("10.0.1.11", 25);
        assertClosed("10.0.1.11", 80);
    }

    @Test
    void aNamedInstanceAnswersForTheHostsOtherAddresses() throws IOException {
        server.ip("addr add 10.0.1.11/32 dev eth0", "addr add 10.0.1.12/32 dev eth0");
        network.router().ip("route add 10.0.1.12/32 dev port2");

        start("host_instance: mail");

        assertOpen("10.0.1.12", 25);
        assertClosed("10.0.1.12", 80);
        assertOpen("10.0.1.10", 80);
        assertClosed("10.0.1.10", 25);
    }

    /** A floating address makes the host two instances. Who answers for the rest does not change, and nothing opens. */
    @Test
    void anAddressEventDoesNotOpenWhatNoInstanceLists() throws IOException {
        server.ip("addr add 10.0.1.12/32 dev eth0");
        network.router().ip("route add 10.0.1.12/32 dev port2");
        RunningDaemon daemon = start("");
        assertOpen("10.0.1.12", 80);
        assertClosed("10.0.1.12", 25);

        server.ip("addr add 10.0.1.11/32 dev eth0");
        daemon.awaitLog("carry.changed instances=web,mail before=web");
        assertOpen("10.0.1.12", 80);
        assertClosed("10.0.1.12", 25);

        daemon.stop();
        RunningDaemon next = start("");
        assertThat(next.log()).contains("instances=web,mail");
        assertOpen("10.0.1.12", 80);
        assertClosed("10.0.1.12", 25);
    }

    @Test
    void whoIsSeveralFromTheStartRefusesWhatNoInstanceLists() throws IOException {
        server.ip("addr add 10.0.1.11/32 dev eth0", "addr add 10.0.1.12/32 dev eth0");
        network.router().ip("route add 10.0.1.12/32 dev port2");

        RunningDaemon daemon = start("");

        assertThat(daemon.log()).contains("carry.no_host_instance");
        assertClosed("10.0.1.12", 80);
        assertClosed("10.0.1.12", 25);
        assertThat(daemon.awaitFlow("198.51.100.7", 25).text("reason")).isEqualTo("no-instance");
    }

    @Test
    void onlyAWrittenWordOpensWhatNoInstanceLists() throws IOException {
        server.ip("addr add 10.0.1.12/32 dev eth0");
        network.router().ip("route add 10.0.1.12/32 dev port2");

        start("host_instance: open");

        assertOpen("10.0.1.12", 25);
        assertClosed("10.0.1.10", 25);
    }

    /** A bridge has the same address on many hosts; another host's instance that lists it does not make this host that one. */
    @Test
    void anotherHostsInstanceThatListsAnAddressOfThisOneDoesNotChangeIt() throws IOException {
        server.ip("link add bridge0 type bridge", "addr add 10.0.1.12/32 dev bridge0", "link set bridge0 up");
        network.router().ip("route add 10.0.1.12/32 dev port2");
        Path rules = Files.writeString(
                directory.resolve("rules.yaml"), RULES.replace("10.0.1.11, ", "10.0.1.11, 10.0.1.12, 127.0.0.1, "));

        RunningDaemon daemon = RunningDaemon.start(server, rules, directory, "");

        assertThat(daemon.log())
                .contains("carry.passed_over mail lists 10.0.1.12")
                .contains("instances=web");
        assertOpen("10.0.1.12", 80);
        assertClosed("10.0.1.12", 25);
    }

    @Test
    void aRenamedInterfaceIsStillJudged() throws IOException {
        RunningDaemon daemon = start("");

        server.ip("link set eth0 down", "link set eth0 name lan", "link set lan up");
        server.ip(
                "addr replace 2001:db8:1::10/128 dev lan nodad",
                "route replace default via 169.254.0.1 dev lan onlink",
                "route replace default via fe80::1 dev lan");

        assertOpen("10.0.1.10", 80);
        assertClosed("10.0.1.10", 25);
        assertThat(daemon.log()).doesNotContain("ERROR");
    }

    @Test
    void anInterfaceOfItsOwnComesAndGoes() throws IOException {
        RunningDaemon daemon = start("");

        server.ip(
                "link add extra type veth peer name extra-end", "addr add 10.0.1.11/32 dev extra", "link set extra up");
        daemon.awaitGeneration(2);
        assertOpen("10.0.1.11", 25);

        server.ip("link del extra");
        daemon.awaitLog("carry.changed instances=web before=web,mail");
    }

    private RunningDaemon start(String setting) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        return RunningDaemon.start(server, rules, directory, setting);
    }

    private void assertOpen(String address, int port) {
        TcpClient.in(client).assertOpen(address, port);
    }

    private void assertClosed(String address, int port) {
        TcpClient.in(client).assertShut(address, port);
    }
}
