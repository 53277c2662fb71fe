package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose rules file was damaged while the daemon was down comes up protected as it was, and says so. */
@NetnsTest
class LastGoodIT {

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
    private Path rules;

    @BeforeEach
    void runOnce() throws IOException {
        TcpService.listen(server, 80);
        TcpService.listen(server, 81);
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);
        AdminSocket.await(server, directory);
        assertThat(daemon.stop()).isZero();
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void aDamagedFileIsStoodInForUntilItIsMended() throws IOException {
        Files.writeString(rules, RULES.replace("tcp", "tpc"));

        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        assertThat(daemon.log()).contains("policy.last_good file=" + rules).contains("1 error");
        daemon.awaitLog("policy.refused");
        assertThat(daemon.log()).contains("rules.yaml:5:").contains("tpc");
        assertOpenIsOnly(80);

        Files.writeString(rules, RULES.replace("80", "81"));
        daemon.awaitGeneration(2);
        assertOpenIsOnly(81);
    }

    @Test
    void aMissingFileToo() throws IOException {
        Files.delete(rules);

        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        assertThat(daemon.log()).contains("policy.last_good").contains("does not exist");
        assertOpenIsOnly(80);
    }

    @Test
    void aDamagedCopyIsNotTrusted() throws IOException {
        Path copy = Path.of(
                server.run("find", directory.resolve(server.name() + "-state").toString(), "-name", "rules.yaml")
                        .strip());
        Files.writeString(copy, RULES.replace("80", "all"));
        Files.writeString(rules, "oops");

        RunningDaemon daemon = RunningDaemon.launch(server, List.of(), rules, directory);

        assertThat(daemon.awaitExit()).isEqualTo(1);
        assertThat(daemon.log()).contains("policy.last_good_damaged").contains("nothing was installed");
    }

    private void assertOpenIsOnly(int port) {
        TcpClient.in(client).assertOpen("10.0.1.10", port);
        TcpClient.in(client).assertShut("10.0.1.10", port == 80 ? 81 : 80);
    }
}
