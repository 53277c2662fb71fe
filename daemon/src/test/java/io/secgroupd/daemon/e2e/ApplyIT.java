package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that can be taken back: tried, confirmed or forgotten, and never one that locks its author out. */
@NetnsTest
class ApplyIT {

    private static final Duration ONE_SYN = Duration.ofMillis(900);
    private static final String PROGRAM =
            Path.of("target/dist/bin/secgroupd").toAbsolutePath().toString();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private Path candidate;

    @SuppressWarnings("NullAway.Init")
    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        TcpService.listen(server, 80);
        TcpService.listen(server, 81);
        Path etc = Files.createDirectories(directory.resolve("etc"));
        rules = Files.writeString(etc.resolve("rules.yaml"), allowing(80));
        Files.writeString(etc.resolve("instances.yaml"), """
                instances:
                  web: { addresses: [10.0.1.10], security_groups: [sg-web] }
                """);
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-r-----"));
        candidate = Files.writeString(directory.resolve("candidate.yaml"), allowing(81));
        daemon = RunningDaemon.start(server, rules, directory);
        AdminSocket.await(server, directory);
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void aSoundFileIsPutInForceAndWritten() throws IOException {
        assertThat(run("apply " + candidate))
                .contains("generation 2 is in force")
                .endsWith("exit 0\n");

        assertOpenIsOnly(81);
        assertThat(rules).hasContent(allowing(81));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rules)))
                .isEqualTo("rw-r-----");
        assertThat(run("status")).doesNotContain("TRIAL").doesNotContain("STALE");
    }

    @Test
    void withoutAConfirmationTheOldRulesComeBack() {
        assertThat(run("apply --confirm 1s " + candidate))
                .contains("secgroupd confirm")
                .endsWith("exit 0\n");

        daemon.awaitLog("policy.rolled_back");
        daemon.awaitGeneration(3);
        assertOpenIsOnly(80);
        assertThat(rules).hasContent(allowing(80));
        assertThat(run("confirm")).contains("no candidate is being tried").endsWith("exit 1\n");
    }

    @Test
    void aConfirmedFileStays() {
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");
        assertOpenIsOnly(81);
        assertThat(rules).hasContent(allowing(80));
        assertThat(run("status")).contains("TRIAL");
        assertThat(run("reload")).contains("a candidate is being tried").endsWith("exit 1\n");

        assertThat(run("confirm")).contains("generation 2 is in force").endsWith("exit 0\n");

        assertThat(rules).hasContent(allowing(81));
        assertOpenIsOnly(81);
    }

    @Test
    void rollbackEndsATrialAtOnce() {
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");

        assertThat(run("rollback")).contains("generation 3 is in force").endsWith("exit 0\n");

        assertOpenIsOnly(80);
    }

    @Test
    void aRestartForgetsWhatWasNotConfirmed() {
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");
        daemon.kill();

        daemon = RunningDaemon.start(server, rules, directory);

        assertOpenIsOnly(80);
    }

    @Test
    void aBrokenFileIsAnsweredWithItsProblemsUnderItsOwnName() throws IOException {
        Files.writeString(candidate, allowing(81).replace("tcp", "tpc"));

        assertThat(run("apply " + candidate))
                .contains(candidate + ":6:")
                .contains("tpc")
                .endsWith("exit 1\n");
        assertOpenIsOnly(80);
    }

    @Test
    void whoWouldBeLockedOutIsNotLetDoIt() {
        String ssh = "SSH_CONNECTION='198.51.100.7 50000 10.0.1.10 80' ";

        assertThat(runWith(ssh, "apply " + candidate)).contains("lock you out").endsWith("exit 1\n");
        assertOpenIsOnly(80);

        assertThat(runWith(ssh, "apply --force " + candidate)).endsWith("exit 0\n");
        assertOpenIsOnly(81);
    }

    @Test
    void runningConnectionsAreCutWhenThatIsAskedForAndTheSkeletonKnowsThem() throws IOException {
        daemon.stop();
        daemon = RunningDaemon.start(server, rules, directory, "established: cut");
        AdminSocket.await(server, directory);
        TcpConnection kept = TcpClient.in(client).connect("10.0.1.10", 80);
        assertThat(run("apply --existing report " + candidate)).endsWith("exit 0\n");
        daemon.awaitLog("connections.reported").awaitLog("without_rule=1");
        assertThat(kept.echo("still here")).isEqualTo("still here");

        TcpConnection cut = TcpClient.in(client).connect("10.0.1.10", 81);
        assertThat(run("apply --existing cut " + write(allowing(82)))).endsWith("exit 0\n");
        daemon.awaitLog("cut=2");
        assertThat(cut.isAlive(ONE_SYN)).isFalse();
    }

    /** Nothing in the kernel tests the mark then: the connection would be said to be cut, and live on. */
    @Test
    void withConnectionsKeptNoneCanBeCut() {
        assertThat(run("apply --existing cut " + candidate))
                .contains("set established: cut and mode: enforce in daemon.yaml")
                .endsWith("exit 1\n");
        assertOpenIsOnly(80);
    }

    private Path write(String text) {
        try {
            return Files.writeString(candidate, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String allowing(int port) {
        return """
                version: 1
                include: [instances.yaml]
                security_groups:
                  sg-web:
                    inbound:
                      - { protocol: tcp, ports: %d, source: any }
                """.formatted(port);
    }

    private String run(String command) {
        return runWith("", command);
    }

    private String runWith(String environment, String command) {
        return server.run(
                "sh",
                "-c",
                environment + PROGRAM + " " + command + " --config " + directory.resolve(server.name() + ".yaml")
                        + " 2>&1; echo exit $?");
    }

    private void assertOpenIsOnly(int port) {
        TcpClient.in(client).assertOpen("10.0.1.10", port);
        TcpClient.in(client).assertShut("10.0.1.10", port == 80 ? 81 : 80);
    }
}
