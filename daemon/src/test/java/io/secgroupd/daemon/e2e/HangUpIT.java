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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP has the files read, and never ends the daemon, whenever it comes. */
@NetnsTest
class HangUpIT {

    private static final String RULES = """
            version: 1
            security_groups: { sg-web: { inbound: [{ protocol: tcp, ports: 80, source: any }] } }
            instances: { web: { addresses: [10.0.1.10], security_groups: [sg-web] } }
            """;

    /** Begins when the launcher has begun, which ignores it, and goes on until the process is gone; some hundred a second. */
    private static final String STORM =
            "until grep -q '^Sig[IC]g[nt]:.*[13579bdf]$' /proc/$1/status; do sleep 0.001; done;"
                    + " while kill -HUP $1 2>/dev/null; do sleep 0.002; done";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void listen() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        TcpService.listen(server, 80);
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void itReadsTheFilesAndGoesOn() throws IOException {
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        daemon.signal("HUP");
        daemon.awaitLog("policy.reload: SIGHUP");
        Files.writeString(rules, RULES.replace("80", "81"));
        daemon.signal("HUP");

        daemon.awaitGeneration(2);
        TcpClient.in(client).assertShut("10.0.1.10", 80);
    }

    @Test
    void aStormOfThemFromTheStartToTheEndHarmsNothing() throws Exception {
        RunningDaemon daemon = RunningDaemon.launch(server, List.of(), rules, directory);
        Process storm = new ProcessBuilder("bash", "-c", STORM, "storm", Long.toString(daemon.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            daemon.awaitLog("daemon.ready").awaitLog("policy.reload: SIGHUP");
            TcpClient.in(client).assertOpen("10.0.1.10", 80);

            assertThat(daemon.stop()).isZero();
        } finally {
            storm.destroy();
        }

        assertThat(daemon.log())
                .contains("daemon.stopped")
                .doesNotContain("admin.failed")
                .doesNotContain("Exception");
    }

    @Test
    void anEndRightAfterTheStartIsNoFailureOfTheAdminSocket() {
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);

        assertThat(daemon.stop()).isZero();

        assertThat(daemon.log()).doesNotContain("admin.failed");
    }
}
