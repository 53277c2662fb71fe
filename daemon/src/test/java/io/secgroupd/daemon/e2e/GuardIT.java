package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Load;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.OpenTime;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever others do to the skeleton, it is put back; what they do to their own tables is theirs. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardIT {

    private static final String SERVER = "10.0.1.10";
    private static final String OTHER_SERVER = "10.0.1.11";
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10", 10.0.1.11], security_groups: [sg-web] }
            """;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", SERVER, "2001:db8:1::10");
    private final NetworkNamespace other = network.addHost("other", OTHER_SERVER, "2001:db8:1::11");

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private RunningDaemon daemon;

    @SuppressWarnings("NullAway.Init")
    private AdminSocket socket;

    @BeforeAll
    void start(@TempDir Path files) throws IOException {
        directory = files;
        for (NetworkNamespace host : List.of(server, other)) {
            TcpService.listen(host, 80);
            TcpService.listen(host, 81);
        }
        daemon = RunningDaemon.start(server, rules(), directory);
        socket = AdminSocket.await(server, directory);
        TcpClient.in(client).assertOpen(SERVER, 80);
    }

    @AfterAll
    void removeTheNetwork() {
        network.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nft flush ruleset",
                "iptables -t mangle -F",
                "iptables -t mangle -D INPUT -j SECGROUPD-INPUT",
                "iptables -t mangle -I INPUT -p tcp -j ACCEPT",
                "iptables -t mangle -D SECGROUPD-INPUT -j NFQUEUE --queue-num 4700",
                "iptables -t mangle -I SECGROUPD-INPUT -j RETURN"
            })
    void damageIsRestoredOnceAndTheHostIsShutAgain(String damage) {
        long before = restored();
        try (OpenTime open = OpenTime.watch(client, SERVER, 81)) {
            server.run(damage.split(" "));

            await().until(() -> restored() > before);
            open.awaitClosed();

            System.out.println(
                    "open time after `" + damage + "`: " + open.duration().toMillis() + " ms");
        }
        // Port 81 is shut: fifty knocks of the last half second went unanswered.
        TcpClient.in(client).assertOpen(SERVER, 80);
        assertThat(restored()).isEqualTo(before + 1);
        assertThat(daemon.log()).contains("hooks.restored count=1: another program had changed them");
    }

    @Test
    void theOtherFamilyIsKeptToo() {
        long before = restored();

        server.run("ip6tables", "-t", "mangle", "-F");

        await().until(() -> restored() == before + 1);
        TcpClient.in(client).assertShut("2001:db8:1::10", 81);
    }

    /** Each time, the kernel drops what waits in any queue of the namespace: at most one SYN is repeated. */
    @Test
    void aForeignTableMayBeRebuiltAHundredTimesUnderLoad() {
        long before = restored();
        try (Load load = Load.ofConnections(client, SERVER, 80, 4)) {
            server.run(
                    "sh",
                    "-c",
                    "for i in $(seq 100); do nft 'add table inet other; add chain inet other c "
                            + "{ type filter hook forward priority 0; }; delete table inet other'; done");
            load.end();
            assertThat(load.failed()).isZero();
            assertThat(load.done()).isPositive();
        }
        assertThat(restored()).isEqualTo(before);

        server.run("iptables", "-t", "mangle", "-F", "SECGROUPD-OUTPUT");

        await().until(() -> restored() == before + 1);
        TcpClient.in(client).assertOpen(SERVER, 80);
    }

    @Test
    void aStopThatRemovesIsNotUndone() throws IOException {
        RunningDaemon stopped = RunningDaemon.start(other, rules(), directory, "on: { stop: remove }");

        assertThat(stopped.stop()).isZero();

        TcpClient.in(client).assertOpen(OTHER_SERVER, 81);
        assertThat(other.run("iptables-save")).doesNotContain("SECGROUPD");
    }

    @Test
    void whatIptablesLegacyDidIsFoundByLooking() throws IOException {
        try (RunningDaemon legacy = RunningDaemon.launch(other, LegacyIptables.FOR_THE_CHILDREN, rules(), directory)
                        .awaitLog("daemon.ready");
                OpenTime open = OpenTime.watch(client, OTHER_SERVER, 81)) {
            assertThat(legacy.log()).contains("(legacy)");
            other.run("iptables-legacy", "-t", "mangle", "-F");

            legacy.awaitLog("hooks.restored count=1");
            open.awaitClosed();

            System.out.println(
                    "open time with iptables-legacy: " + open.duration().toMillis() + " ms");
        }
    }

    private Path rules() throws IOException {
        return Files.writeString(directory.resolve("rules.yaml"), RULES);
    }

    private long restored() {
        return (long) socket.metrics().counter("secgroupd_hooks_restored_total");
    }
}
