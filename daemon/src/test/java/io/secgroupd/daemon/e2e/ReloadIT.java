package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the file is edited, the daemon follows; whatever is wrong with it, the old policy stays. */
@NetnsTest
class ReloadIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @BeforeEach
    void listen() {
        TcpService.listen(server, 80);
        TcpService.listen(server, 81);
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void aRenameOverTheFile() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), allowing(80));
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);
        assertOpenIsOnly(80);

        Files.move(Files.writeString(directory.resolve("new"), allowing(81)), rules, StandardCopyOption.ATOMIC_MOVE);

        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aWriteInPlace() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), allowing(80));
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        Files.writeString(rules, allowing(81));

        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aLinkThatIsSwappedLikeAConfigMaps() throws IOException {
        for (int port : new int[] {80, 81}) {
            Path version = Files.createDirectories(directory.resolve("..version-" + port));
            Files.writeString(version.resolve("rules.yaml"), allowing(port));
        }
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..version-80"));
        Path rules = Files.createSymbolicLink(directory.resolve("rules.yaml"), Path.of("..data/rules.yaml"));
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..version-81"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void anEditorsWays() {
        Path rules = directory.resolve("rules.yaml");
        server.run("sh", "-c", "cat > " + rules + " <<'E'\n" + allowing(80) + "E");
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        server.run("sed", "-i", "s/ports: 80,/ports: 81,/", rules.toString());

        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aBrokenFileLeavesTheOldPolicyUntilItIsMended() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), allowing(80));
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        Files.writeString(rules, allowing(81).replace("ports: 81", "ports: 99999"));
        daemon.awaitLog("policy.refused");
        assertThat(daemon.log()).contains("rules.yaml:5:").contains("99999");
        assertOpenIsOnly(80);

        Files.delete(rules);
        Files.writeString(rules, allowing(81));
        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aFileWhoseOwnTestFailsIsRefused() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), allowing(80));
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        Files.writeString(rules, allowing(81) + """
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
            TcpClient.in(client).assertOpen(address, port);
            TcpClient.in(client).assertShut(address, port == 80 ? 81 : 80);
        }
    }
}
