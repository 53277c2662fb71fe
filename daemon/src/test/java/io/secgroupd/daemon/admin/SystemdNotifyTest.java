package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NotifySocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What systemd would hear, on a datagram socket as it has one. */
class SystemdNotifyTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void tellsEveryState() throws IOException {
        String path = directory.resolve("notify").toString();
        try (NotifySocket systemd = NotifySocket.at(path);
                SystemdNotify notify = SystemdNotify.of(Map.of("NOTIFY_SOCKET", path), 1)) {
            notify.ready("generation 1,\ntwo instances");
            notify.reloading();
            notify.status("refused");
            notify.alive();
            notify.stopping();

            assertThat(systemd.await().text()).isEqualTo("READY=1\nSTATUS=generation 1, two instances");
            assertThat(systemd.await().text()).matches("RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*");
            assertThat(systemd.await().text()).isEqualTo("STATUS=refused");
            assertThat(systemd.await().text()).isEqualTo("WATCHDOG=1");
            assertThat(systemd.await().text()).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void knowsAbstractNames() throws IOException {
        String name = "secgroupd-test-" + ProcessHandle.current().pid();
        try (NotifySocket systemd = NotifySocket.at("\0" + name);
                SystemdNotify notify = SystemdNotify.of(Map.of("NOTIFY_SOCKET", "@" + name), 1)) {
            notify.alive();

            assertThat(systemd.await().text()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void withoutSystemdNobodyIsTold() throws IOException {
        try (SystemdNotify notify = SystemdNotify.of(Map.of(), 1)) {
            notify.ready("");

            assertThat(notify.watchdogInterval()).isEmpty();
        }
    }

    @Test
    void managerThatIsGoneHarmsNothing() throws IOException {
        var gone = Map.of("NOTIFY_SOCKET", directory.resolve("gone").toString(), "WATCHDOG_USEC", "1000000");
        try (SystemdNotify notify = SystemdNotify.of(gone, 1)) {
            notify.alive();
            notify.alive();

            assertThat(notify.watchdogInterval()).contains(Duration.ofMillis(500));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "30000000, 7,   15000",
        "30000000, '',  15000",
        "30000000, 8,   ",
        "0,        7,   ",
        "-5,       7,   ",
        "soon,     7,   ",
    })
    void feedsTheWatchdogTwiceAsOftenAsItWantsIfItIsOurs(String micros, String pid, Long millis) throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("NOTIFY_SOCKET", directory.resolve("n").toString());
        environment.put("WATCHDOG_USEC", micros);
        if (!pid.isEmpty()) {
            environment.put("WATCHDOG_PID", pid);
        }
        try (SystemdNotify notify = SystemdNotify.of(environment, 7)) {
            assertThat(notify.watchdogInterval())
                    .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
        }
    }
}
