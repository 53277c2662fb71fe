package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Attempt;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running daemon says of itself over its socket, and that its totals are the packets that were sent. */
@NetnsTest
class AdminIT {

    private static final Duration ONE_SYN = Duration.ofMillis(900);
    private static final String PROGRAM =
            Path.of("target/dist/bin/secgroupd").toAbsolutePath().toString();
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any, id: sgr-web }
                  - { protocol: tcp, ports: 81, source: any, id: sgr-unused }
                outbound: []
            instances:
              web: { addresses: [10.0.1.10], security_groups: [sg-web] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void start() throws IOException {
        TcpService.listen(server, 80);
        TcpService.listen(client, 80);
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        RunningDaemon.start(server, rules, directory);
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void totalsAreThePacketsThatWereSent() {
        for (int i = 0; i < 7; i++) {
            assertThat(connect(client, "10.0.1.10", 80)).isEqualTo(Attempt.CONNECTED);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(connect(client, "10.0.1.10", 22)).isEqualTo(Attempt.TIMED_OUT);
        }
        assertThat(connect(server, "198.51.100.7", 80)).isEqualTo(Attempt.TIMED_OUT);

        String metrics = ask("metrics");

        assertThat(metrics)
                .contains("secgroupd_decisions_total{direction=\"ingress\",reason=\"rule\",verdict=\"ACCEPT\"} 7.0")
                .contains(
                        "secgroupd_decisions_total{direction=\"ingress\",reason=\"no-matching-rule\",verdict=\"REJECT\"} 3.0")
                .contains(
                        "secgroupd_decisions_total{direction=\"egress\",reason=\"no-matching-rule\",verdict=\"REJECT\"} 1.0")
                .contains("secgroupd_rule_hits_total{group=\"sg-web\",rule=\"sgr-web\"} 7.0")
                .contains("secgroupd_rule_hits_total{group=\"sg-web\",rule=\"sgr-unused\"} 0.0")
                .contains("secgroupd_policy_generation 1.0");
    }

    @Test
    void statusNamesWhatIsCarriedAndWhatIsNeverUsed() {
        assertThat(connect(client, "10.0.1.10", 80)).isEqualTo(Attempt.CONNECTED);

        String status = run("status", "--rules");

        assertThat(status)
                .contains("enforce")
                .contains("generation 1")
                .contains("web")
                .contains("sg-web");
        assertThat(status.lines().filter(line -> line.contains("sgr-unused"))).anyMatch(line -> line.contains("never"));
    }

    @Test
    void reloadSaysWhatCameOfIt() throws IOException {
        assertThat(run("reload")).contains("generation 1 is in force");

        Files.writeString(rules, RULES.replace("ports: 80", "ports: 99999"));
        String refused = server.run("sh", "-c", PROGRAM + " reload --config " + config() + " 2>&1; echo exit $?");

        assertThat(refused)
                .contains("99999")
                .contains("rules.yaml:5:")
                .contains("stays in force")
                .contains("exit 1");
        assertThat(run("status")).contains("refused");
    }

    private Path config() {
        return directory.resolve(server.name() + ".yaml");
    }

    private String run(String... command) {
        return server.run("sh", "-c", PROGRAM + " " + String.join(" ", command) + " --config " + config());
    }

    /** By another program than ours, as a monitoring agent would. */
    private String ask(String path) {
        return server.run(
                "curl",
                "-s",
                "--unix-socket",
                directory.resolve(server.name() + ".sock").toString(),
                "http://localhost/" + path);
    }

    private static Attempt connect(NetworkNamespace from, String to, int port) {
        return TcpClient.in(from).tryConnect(to, port, ONE_SYN);
    }
}
