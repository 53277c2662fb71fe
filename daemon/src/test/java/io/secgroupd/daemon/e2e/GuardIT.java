package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.Attempt;
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
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever others do to the skeleton, it is back within a second; what they do to their own tables is theirs. */
@NetnsTest
class GuardIT {

    private static final Duration ONE_SYN = Duration.ofMillis(900);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Pattern RESTORED = Pattern.compile("hooks\\.restored count=");
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @BeforeEach
    void listen() {
        TcpService.listen(server, 80);
        TcpService.listen(server, 81);
    }

    @AfterEach
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
    void damageIsRestoredOnceAndTheHostIsOpenForLessThanASecond(String damage) throws IOException {
        RunningDaemon daemon = start();
        try (OpenTime open = OpenTime.watch(client, "10.0.1.10", 81)) {
            server.run(damage.split(" "));

            daemon.awaitLog("hooks.restored count=1");
            open.awaitClosed();

            assertThat(open.duration()).isLessThan(ONE_SECOND);
            System.out.println(
                    "open time after `" + damage + "`: " + open.duration().toMillis() + " ms");
        }
        assertThat(connect(81)).isEqualTo(Attempt.TIMED_OUT);
        assertThat(connect(80)).isEqualTo(Attempt.CONNECTED);
        assertThat(restored(daemon)).isEqualTo(1);
    }

    @Test
    void theOtherFamilyIsKeptToo() throws IOException {
        RunningDaemon daemon = start();

        server.run("ip6tables", "-t", "mangle", "-F");

        daemon.awaitLog("hooks.restored count=1");
        assertThat(TcpClient.in(client).tryConnect("2001:db8:1::10", 81, ONE_SYN))
                .isEqualTo(Attempt.TIMED_OUT);
    }

    /** Each time, the kernel drops what waits in any queue of the namespace: at most one SYN is repeated. */
    @Test
    void aForeignTableMayBeRebuiltAHundredTimesUnderLoad() throws IOException {
        RunningDaemon daemon = start();
        try (Load load = Load.ofConnections(client, "10.0.1.10", 80, 4)) {
            server.run(
                    "sh",
                    "-c",
                    "for i in $(seq 100); do nft 'add table inet other; add chain inet other c "
                            + "{ type filter hook forward priority 0; }; delete table inet other'; done");
            load.end();
            assertThat(load.failed()).isZero();
            assertThat(load.done()).isPositive();
        }
        assertThat(restored(daemon)).isZero();

        server.run("iptables", "-t", "mangle", "-F", "SECGROUPD-OUTPUT");

        daemon.awaitLog("hooks.restored count=1");
        assertThat(restored(daemon)).isEqualTo(1);
        assertThat(connect(80)).isEqualTo(Attempt.CONNECTED);
    }

    @Test
    void aStopThatRemovesIsNotUndone() throws IOException {
        RunningDaemon daemon = start("on: { stop: remove }");

        assertThat(daemon.stop()).isZero();

        assertThat(connect(81)).isEqualTo(Attempt.CONNECTED);
        assertThat(server.run("iptables-save")).doesNotContain("SECGROUPD");
    }

    @Test
    void whatIptablesLegacyDidIsFoundByLooking() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        RunningDaemon daemon = RunningDaemon.launch(server, LegacyIptables.FOR_THE_CHILDREN, rules, directory)
                .awaitLog("daemon.ready");
        assertThat(daemon.log()).contains("(legacy)");
        try (OpenTime open = OpenTime.watch(client, "10.0.1.10", 81)) {
            server.run("iptables-legacy", "-t", "mangle", "-F");

            daemon.awaitLog("hooks.restored count=1");
            open.awaitClosed();

            assertThat(open.duration()).isLessThan(ONE_SECOND);
            System.out.println(
                    "open time with iptables-legacy: " + open.duration().toMillis() + " ms");
        }
    }

    private RunningDaemon start(String... settings) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory, settings);
        await().until(() -> connect(80) == Attempt.CONNECTED);
        return daemon;
    }

    private static long restored(RunningDaemon daemon) {
        return RESTORED.matcher(daemon.log()).results().count();
    }

    private Attempt connect(int port) {
        return TcpClient.in(client).tryConnect("10.0.1.10", port, ONE_SYN);
    }
}
