package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However the file is edited, the daemon follows; whatever is wrong with it, the old policy stays. */
@NetnsTest
class ReloadIT {

    @AutoClose
    private final JudgedHost host = new JudgedHost(allowing(80));

    @BeforeEach
    void listen() {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 81);
    }

    @Test
    void aRenameOverTheFile() throws IOException {
        RunningDaemon daemon = host.start();
        assertOpenIsOnly(80);

        Files.move(
                Files.writeString(host.directory.resolve("new"), allowing(81)),
                host.rulesFile,
                StandardCopyOption.ATOMIC_MOVE);

        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aWriteInPlace() {
        RunningDaemon daemon = host.start();

        host.rules(allowing(81));

        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aLinkThatIsSwappedLikeAConfigMaps() throws IOException {
        for (int port : new int[] {80, 81}) {
            Path version = Files.createDirectories(host.directory.resolve("..version-" + port));
            Files.writeString(version.resolve("rules.yaml"), allowing(port));
        }
        Path data = Files.createSymbolicLink(host.directory.resolve("..data"), Path.of("..version-80"));
        Files.delete(host.rulesFile);
        Files.createSymbolicLink(host.rulesFile, Path.of("..data/rules.yaml"));
        RunningDaemon daemon = host.start();

        Path next = Files.createSymbolicLink(host.directory.resolve("..data_tmp"), Path.of("..version-81"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void anEditorsWays() {
        host.server.run("sh", "-c", "cat > " + host.rulesFile + " <<'E'\n" + allowing(80) + "E");
        RunningDaemon daemon = host.start();

        host.server.run("sed", "-i", "s/ports: 80,/ports: 81,/", host.rulesFile.toString());

        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aBrokenFileLeavesTheOldPolicyUntilItIsMended() throws IOException {
        RunningDaemon daemon = host.start();

        host.rules(allowing(81).replace("ports: 81", "ports: 99999"));
        daemon.awaitLog("policy.refused");
        assertThat(daemon.log()).contains("rules.yaml:5:").contains("99999");
        assertOpenIsOnly(80);

        Files.delete(host.rulesFile);
        host.rules(allowing(81));
        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aFileWhoseOwnTestFailsIsRefused() {
        RunningDaemon daemon = host.start();

        host.rules(allowing(81) + """
                tests:
                  - { name: 80 stays open, from: 198.51.100.7, to: web, protocol: tcp, port: 80, expect: allow }
                """);

        daemon.awaitLog("policy.refused");
        assertThat(daemon.log()).contains("80 stays open");
        assertOpenIsOnly(80);
    }

    private static String allowing(int port) {
        return """
                version: 1
                security_groups:
                  sg-web:
                    inbound:
                      - { protocol: tcp, ports: %d, source: any }
                instances:
                  web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
                """.formatted(port);
    }

    private void assertOpenIsOnly(int port) {
        for (String address : new String[] {"10.0.1.10", "2001:db8:1::10"}) {
            TcpClient.in(host.client).assertOpen(address, port);
            TcpClient.in(host.client).assertShut(address, port == 80 ? 81 : 80);
        }
    }
}
