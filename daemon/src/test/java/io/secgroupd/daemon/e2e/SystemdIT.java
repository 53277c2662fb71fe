package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.NotifySocket;
import io.secgroupd.daemon.testkit.NotifySocket.Message;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon tells systemd, and when, on a datagram socket as systemd has one. */
@NetnsTest
class SystemdIT {

    /** Longer than any pause of a busy machine, so that only a daemon that does not feed it lets it pass. */
    private static final Duration WATCHDOG = Duration.ofSeconds(3);

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

    @SuppressWarnings("NullAway.Init")
    private NotifySocket systemd;

    @BeforeEach
    void listen() {
        TcpService.listen(server, 80);
        systemd = NotifySocket.at(directory.resolve("notify").toString());
    }

    @AfterEach
    void removeTheNetwork() {
        systemd.close();
        network.close();
    }

    @Test
    void isReadyWhenItJudgesAndNotBefore() throws IOException {
        launch();

        Message first = systemd.await();

        assertThat(first.text()).matches("READY=1\nSTATUS=generation 1, hash [0-9a-f]+, judging for web");
        TcpClient.in(client).assertOpen("10.0.1.10", 80);
        TcpClient.in(client).assertShut("10.0.1.10", 81);
    }

    @Test
    void aReloadIsToldFromItsBeginningToItsEndAndSoIsTheStop() throws IOException {
        RunningDaemon daemon = launch();
        systemd.await("READY=1");

        Files.writeString(directory.resolve("rules.yaml"), RULES.replace("80", "81"));

        assertThat(systemd.await("RELOADING=1").text()).matches("RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*");
        assertThat(systemd.await("READY=1").text()).contains("STATUS=generation 2, ");
        assertThat(daemon.stop()).isZero();
        assertThat(systemd.await("STOPPING=1").text()).isEqualTo("STOPPING=1");
    }

    @Test
    void aStopInTheVeryMomentOfReadyIsAnOrderlyOne() throws IOException {
        RunningDaemon daemon = launch();
        systemd.await("READY=1");

        assertThat(daemon.stop()).isZero();
        assertThat(daemon.log()).contains("daemon.ready", "daemon.stopped hooks=kept");
    }

    @Test
    void theWatchdogIsFedButNotWhileTheDaemonIsStopped() throws IOException {
        RunningDaemon daemon = launch();
        for (int beats = 0; beats < 4; beats++) {
            systemd.await("WATCHDOG=1");
        }

        daemon.signal("STOP");
        systemd.awaitSilence();
        assertThat(systemd.within(WATCHDOG)).isEmpty();
        daemon.signal("CONT");

        systemd.await("WATCHDOG=1");
        systemd.await("WATCHDOG=1");
    }

    private RunningDaemon launch() throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), RULES);
        return RunningDaemon.launch(
                server,
                List.of(
                        "env",
                        "NOTIFY_SOCKET=" + directory.resolve("notify"),
                        "WATCHDOG_USEC=" + WATCHDOG.toNanos() / 1000),
                file,
                directory);
    }
}
