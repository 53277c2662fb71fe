package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NotifySocket;
import io.secgroupd.daemon.testkit.NotifySocket.Message;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @SuppressWarnings("NullAway.Init")
    private NotifySocket systemd;

    @BeforeEach
    void listen() {
        TcpService.listen(host.server, 80);
        systemd = NotifySocket.at(host.directory.resolve("notify").toString());
    }

    @AfterEach
    void removeTheNetwork() {
        systemd.close();
    }

    @Test
    void isReadyWhenItJudgesAndNotBefore() {
        launch();

        Message first = systemd.await();

        assertThat(first.text()).matches("READY=1\nSTATUS=generation 1, hash [0-9a-f]+, judging for web");
        host.assertOpenIsOnly(80);
    }

    @Test
    void aReloadIsToldFromItsBeginningToItsEndAndSoIsTheStop() {
        RunningDaemon daemon = launch();
        systemd.await("READY=1");

        host.rules(RULES.replace("80", "81"));

        assertThat(systemd.await("RELOADING=1").text()).matches("RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*");
        assertThat(systemd.await("READY=1").text()).contains("STATUS=generation 2, ");
        assertThat(daemon.stop()).isZero();
        assertThat(systemd.await("STOPPING=1").text()).isEqualTo("STOPPING=1");
    }

    @Test
    void aStopInTheVeryMomentOfReadyIsAnOrderlyOne() {
        RunningDaemon daemon = launch();
        systemd.await("READY=1");

        assertThat(daemon.stop()).isZero();
        assertThat(daemon.log()).contains("daemon.ready", "daemon.stopped hooks=kept");
    }

    @Test
    void theWatchdogIsFedButNotWhileTheDaemonIsStopped() {
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

    private RunningDaemon launch() {
        return host.launch(List.of(
                "env",
                "NOTIFY_SOCKET=" + host.directory.resolve("notify"),
                "WATCHDOG_USEC=" + WATCHDOG.toNanos() / 1000));
    }
}
