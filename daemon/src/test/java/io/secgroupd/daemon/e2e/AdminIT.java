package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the running daemon says of itself over its socket, and that its totals are the packets that were sent. */
@NetnsTest
class AdminIT {

    private static final String PROGRAM =
            Path.of("target/dist/bin/secgroupd").toAbsolutePath().toString();
    private static final List<String> AS_NOBODY = List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=-all,+net_admin",
            "--ambient-caps=-all,+net_admin");
    private static final String DECISIONS = "secgroupd_decisions_total";
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

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @SuppressWarnings("NullAway.Init")
    private AdminSocket socket;

    @BeforeEach
    void start() {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.client, 80);
        host.start();
        socket = host.socket();
    }

    @Test
    void totalsAreThePacketsThatWereSent() {
        for (int i = 0; i < 7; i++) {
            host.assertOpen(80);
        }
        for (int i = 0; i < 3; i++) {
            host.assertShut(22);
        }
        TcpClient.in(host.server).assertShut("198.51.100.7", 80);

        Exposition metrics = socket.metrics();

        assertThat(metrics.counter(DECISIONS, "direction=ingress", "verdict=ACCEPT", "reason=rule"))
                .isEqualTo(7);
        assertThat(metrics.counter(DECISIONS, "direction=ingress", "verdict=REJECT", "reason=no-matching-rule"))
                .isEqualTo(3);
        assertThat(metrics.counter(DECISIONS, "direction=egress", "verdict=REJECT", "reason=no-matching-rule"))
                .isEqualTo(1);
        assertThat(metrics.counter(DECISIONS)).isEqualTo(7 + 3 + 1);
        assertThat(metrics.observations("secgroupd_decision_seconds")).isEqualTo(7 + 3 + 1);
        assertThat(metrics.counter("secgroupd_rule_hits_total", "rule=sgr-web")).isEqualTo(7);
        assertThat(metrics.counter("secgroupd_rule_hits_total", "rule=sgr-unused"))
                .isZero();
        assertThat(metrics.gauge("secgroupd_policy_generation")).isEqualTo(1);
        assertThat(metrics.gauge("secgroupd_queue_depth")).isZero();
        assertThat(metrics.counter("secgroupd_queue_dropped_total")).isZero();
    }

    @Test
    void statusNamesWhatIsCarriedAndWhatIsNeverUsed() {
        host.assertOpen(80);

        String status = run("status", "--rules");

        assertThat(status)
                .contains("enforce")
                .contains("generation 1")
                .contains("web")
                .contains("sg-web");
        assertThat(status.lines().filter(line -> line.contains("sgr-unused"))).anyMatch(line -> line.contains("never"));
    }

    @Test
    void reloadSaysWhatCameOfIt() {
        assertThat(run("reload")).contains("generation 1 is in force");

        host.rules(RULES.replace("ports: 80", "ports: 99999"));
        String refused =
                host.server.run("sh", "-c", PROGRAM + " reload --config " + host.config() + " 2>&1; echo exit $?");

        assertThat(refused)
                .contains("99999")
                .contains("rules.yaml:5:")
                .contains("stays in force")
                .contains("exit 1");
        assertThat(run("status")).contains("STALE").contains("last issue").contains("policy.refused");

        host.rules(RULES.replace("ports: 80,", "ports: 82,"));
        assertThat(run("reload"))
                .contains("generation 2 is in force")
                .contains("web: inbound newly allowed tcp 82 from any; inbound newly rejected tcp 80 from any");
        assertThat(host.daemon().awaitGeneration(2).log())
                .containsPattern(
                        "policy.reloaded generation=2 hash=[0-9a-f]{12} instances=web took=[0-9]+ms: web: inbound");
        assertThat(run("status")).doesNotContain("STALE").contains("policy.refused");
    }

    @Test
    void whatTheDaemonsUserMayNotReadIsUnknownAndNotNothing() throws IOException {
        assertThat(host.daemon().stop()).isZero();
        Path own = Files.createDirectories(host.directory.resolve("nobody"));
        for (Path reachable : List.of(host.directory, own)) {
            Files.setPosixFilePermissions(reachable, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        RunningDaemon.launch(host.server, AS_NOBODY, host.rulesFile, own).awaitLog("daemon.ready");

        AdminSocket asked = AdminSocket.await(host.server, own);
        String status = asked.get("status", "-H", "Accept: text/plain");
        assertThat(status).contains("unknown of 16384 waiting").contains("queue_full unknown");
        Exposition metrics = asked.metrics();
        assertThat(metrics.has("secgroupd_queue_depth")).isFalse();
        assertThat(metrics.counter("secgroupd_queue_dropped_total", "cause=gone"))
                .isZero();
    }

    private String run(String... command) {
        return host.server.run("sh", "-c", PROGRAM + " " + String.join(" ", command) + " --config " + host.config());
    }
}
