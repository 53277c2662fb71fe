package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.BusyConnection;
import io.secgroupd.daemon.testkit.Load;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.OpenTime;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

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

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @Test
    void nothingIsOpenedAndNothingAllowedIsLost() {
        TcpService.listenForMany(host.server, 80);
        TcpService.listen(host.server, 81);
        TcpService shut = TcpService.listen(host.server, 82);
        RunningDaemon daemon = host.start();
        String hooks = hooks();
        Tally stack = Tally.of(host.client, daemon);
        List<TcpConnection> running = connections(100);

        try (OpenTime denied = OpenTime.watch(host.client, "10.0.1.10", 82);
                Load load = Load.ofConnections(host.client, "10.0.1.10", 80, 2);
                BusyConnection busy = BusyConnection.over(host.connect(81))) {
            for (int restart = 0; restart < RESTARTS; restart++) {
                long before = load.done();
                end(daemon, restart);
                assertGoOn(running, "without a daemon");
                assertThat(busy.goesOn()).isTrue();
                assertThat(hooks()).isEqualTo(hooks);

                daemon = host.start();

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
        return Stream.generate(() -> host.connect(81)).limit(count).toList();
    }

    private static void assertGoOn(List<TcpConnection> running, String text) {
        assertThat(running)
                .allSatisfy(connection -> assertThat(connection.echo(text)).isEqualTo(text));
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
        String saved =
                host.server.run("iptables-save", "-t", "mangle") + host.server.run("ip6tables-save", "-t", "mangle");
        return saved.replaceAll("(?m)^#.*\\n", "").replaceAll("\\[\\d+:\\d+]", "");
    }
}
