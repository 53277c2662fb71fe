package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.BusyConnection;
import io.secgroupd.daemon.testkit.Load;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.OpenTime;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restarts, orderly and by kill -9, while connections run and more come as fast as they can: no open moment, none cut, and
 * none refused that the rules allow, though some have to knock twice.
 */
@NetnsTest
class RestartIT {

    private static final int RESTARTS = 4;
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: "80-81", source: any }
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
        TcpService.listenForMany(server, 80);
        TcpService.listen(server, 81);
        TcpService shut = TcpService.listen(server, 82);
        RunningDaemon daemon = start();
        String hooks = hooks();
        Tally stack = Tally.of(client, daemon);
        List<TcpConnection> running = connections(100);

        try (OpenTime denied = OpenTime.watch(client, "10.0.1.10", 82);
                Load load = Load.ofConnections(client, "10.0.1.10", 80, 2);
                BusyConnection busy = BusyConnection.over(TcpClient.in(client).connect("10.0.1.10", 81))) {
            for (int restart = 0; restart < RESTARTS; restart++) {
                long before = load.done();
                end(daemon, restart);
                assertGoOn(running, "without a daemon");
                assertThat(busy.goesOn()).isTrue();
                assertThat(hooks()).isEqualTo(hooks);

                daemon = start();

                assertGoOn(running, "with the next");
                assertThat(busy.goesOn()).isTrue();
                assertThat(hooks()).isEqualTo(hooks);
                await().until(() -> load.done() > before + 1000);
            }
            load.end();
            assertThat(load.failed()).isZero();
            assertThat(stack.stack("TcpExt TCPSynRetrans"))
                    .as("first SYNs that nobody judged")
                    .isPositive();
            denied.awaitClosed();
            assertThat(denied.wasOpen()).isFalse();
            assertThat(shut.acceptedConnections()).isZero();
        }
    }

    private List<TcpConnection> connections(int count) {
        return Stream.generate(() -> TcpClient.in(client).connect("10.0.1.10", 81))
                .limit(count)
                .toList();
    }

    private static void assertGoOn(List<TcpConnection> running, String text) {
        assertThat(running)
                .allSatisfy(connection -> assertThat(connection.echo(text)).isEqualTo(text));
    }

    private RunningDaemon start() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);
        AdminSocket.await(server, directory);
        return daemon;
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
