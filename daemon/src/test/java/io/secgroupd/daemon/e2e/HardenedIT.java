package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The restrictions of systemd/secgroupd.service, as far as they can be put on without systemd: its score says how much is
 * forbidden, and this that the daemon works all the same.
 */
@NetnsTest
class HardenedIT {

    private static final String NOBODY = "65534";

    /** Everything read-only but one directory; /tmp is new, small, and takes no programs, as no other place does. */
    private static final String READ_ONLY_ROOT = """
            set -e
            writable=$1
            shift
            umask 0077
            mount --make-rprivate /
            mount --bind "$writable" "$writable"
            mount -o remount,bind,noexec,nosuid,nodev "$writable"
            mount -o remount,bind,ro /
            exec "$@"
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost();

    @Test
    void judgesAsAnotherUserWithOneCapabilityOnAReadOnlySystem() throws IOException {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 81);
        host.rules("""
                version: 1
                security_groups:
                  sg-web:
                    inbound:
                      - { protocol: tcp, ports: 80, source: any }
                instances:
                  web: { addresses: [10.0.1.10], security_groups: [sg-web] }
                """);
        // In production this is what StateDirectory, LogsDirectory and RuntimeDirectory give.
        Files.setPosixFilePermissions(host.directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        RunningDaemon daemon = host.launch(wrapper()).awaitLog("daemon.ready");

        host.assertOpenIsOnly(80);
        assertThat(daemon.awaitFlow("198.51.100.7", 81).text("verdict")).isEqualTo("REJECT");
        assertThat(Files.readString(Path.of("/proc", Long.toString(daemon.pid()), "status")))
                .containsPattern("Uid:\\s+" + NOBODY + "\\s+" + NOBODY)
                .containsPattern("CapEff:\\s+0000000000001000\n") // CAP_NET_ADMIN is bit 12
                .containsPattern("CapBnd:\\s+0000000000001000\n")
                .containsPattern("NoNewPrivs:\\s+1\n");
        assertThat(daemon.stop()).isZero();
    }

    private List<String> wrapper() {
        return List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                READ_ONLY_ROOT,
                "sh",
                host.directory.toString(),
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--bounding-set=-all,+net_admin",
                "--inh-caps=-all,+net_admin",
                "--ambient-caps=-all,+net_admin",
                "--no-new-privs");
    }
}
