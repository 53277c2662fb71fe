package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.OpenTime;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts, orderly and by kill -9: no open moment, and no connection lost that the rules allow. */
@NetnsTest
class RestartIT {

    private static final int RESTARTS = 4;
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10], security_groups: [sg-web] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void nothingIsOpenedAndNothingAllowedIsLost() throws IOException {
        TcpService.listen(server, 80);
        TcpService.listen(server, 81);
        RunningDaemon daemon = start();
        String hooks = hooks();
        TcpConnection running = TcpClient.in(client).connect("10.0.1.10", 80);

        try (OpenTime denied = OpenTime.watch(client, "10.0.1.10", 81)) {
            for (int restart = 0; restart < RESTARTS; restart++) {
                end(daemon, restart);
                assertThat(running.echo("without a daemon")).isEqualTo("without a daemon");
                assertThat(hooks()).isEqualTo(hooks);
                var attempt =
                        CompletableFuture.supplyAsync(() -> TcpClient.in(client).connect("10.0.1.10", 80));

                daemon = start();

                attempt.join().close(); // its first SYN waited, or was dropped and repeated
                assertThat(running.echo("with the next")).isEqualTo("with the next");
                assertThat(hooks()).isEqualTo(hooks);
            }
            denied.awaitClosed();
            assertThat(denied.wasOpen()).isFalse();
        }
    }

    private RunningDaemon start() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        return RunningDaemon.start(server, rules, directory);
    }

    private static void end(RunningDaemon daemon, int restart) {
        if (restart % 2 == 0) {
            assertThat(daemon.stop()).isZero();
        } else {
            daemon.kill();
        }
    }

    /** Both families, without the comments, which hold the time, and the counters. */
    private String hooks() {
        String saved = server.run("iptables-save", "-t", "mangle") + server.run("ip6tables-save", "-t", "mangle");
        return saved.replaceAll("(?m)^#.*\\n", "").replaceAll("\\[\\d+:\\d+]", "");
    }
}
