package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.testkit.RunningDaemon.PROGRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rule that expires while the daemon runs. */
@NetnsTest
class ExpiryIT {

    @AutoClose
    private final JudgedHost host = new JudgedHost();

    @BeforeEach
    void listen() {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 81);
        TcpService.listen(host.server, 82);
    }

    @Test
    void itLetsInUntilThenAndNobodyAfterwardsNotEvenAfterARestart() {
        host.rules(rules(Instant.now().plusSeconds(3600)));
        RunningDaemon daemon = host.start("established: keep");
        try (TcpConnection before = host.connect(81)) {
            Instant end = Instant.now().plusSeconds(4);
            host.rules(rules(end));
            daemon.awaitGeneration(2);
            assertThat(daemon.log()).contains("expires at " + end);

            daemon.awaitLog("policy.expired rules=1");

            assertThat(Instant.now()).isAfterOrEqualTo(end);
            assertThat(daemon.log()).containsPattern("policy.expired rules=1 .*sgr-[0-9a-f]{17} of sg-web at .*:6:9");
            assertThat(daemon.log()).contains("1 rule expired: sgr-");
            daemon.awaitGeneration(3);
            host.assertShut(81);
            host.assertOpen(80);
            assertThat(before.echo("still here")).isEqualTo("still here");
        }
        daemon.kill();

        host.start("established: keep");

        host.assertShut(81);
        host.assertOpen(80);
    }

    @Test
    void openLetsInAtOnceAndOnlyForAWhile() {
        host.rules(rules(Instant.EPOCH));
        RunningDaemon daemon = host.start();
        host.assertShut(82);

        String said = host.server.run(
                PROGRAM.toString(),
                "open",
                "--config",
                host.config().toString(),
                "sg-web",
                "tcp",
                "82",
                "--from",
                JudgedHost.CLIENT_4,
                "--for",
                "8s");

        host.assertOpen(82);
        assertThat(said).contains("of sg-web: tcp 82 from " + JudgedHost.CLIENT_4 + "/32 until ");
        daemon.awaitLog("policy.expired rules=1").awaitGeneration(3);
        host.assertShut(82);
        host.assertOpen(80);
    }

    private static String rules(Instant end) {
        return """
                version: 1
                security_groups:
                  sg-web:
                    inbound:
                      - { protocol: tcp, ports: 80, source: any }
                      - { protocol: tcp, ports: 81, source: any, expires: "%s" }
                instances:
                  web: { addresses: [10.0.1.10], security_groups: [sg-web] }
                """.formatted(end);
    }
}
