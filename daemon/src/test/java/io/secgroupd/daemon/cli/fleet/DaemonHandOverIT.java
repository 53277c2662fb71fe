package io.secgroupd.daemon.cli.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions handed over to a real daemon. */
@NetnsTest
class DaemonHandOverIT {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private DaemonHandOver daemon;

    @BeforeEach
    void start() throws IOException {
        TcpService.listen(server, 80);
        TcpService.listen(server, 81);
        rules = Files.writeString(directory.resolve("rules.yaml"), allowing(80));
        RunningDaemon.start(server, rules, directory, "pull: { socket: pull.sock, group: tty }");
        Path socket = directory.resolve("pull.sock");
        await().until(() -> Files.exists(socket));
        daemon = new DaemonHandOver(socket, () -> {});
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void aRevisionIsTriedHeldAndConfirmed() throws IOException {
        DaemonState before = daemon.state();
        PolicyFiles revision = revision(allowing(81));
        String hash = hash(revision);

        assertThat(daemon.tryOut(revision, hash, LONG).done()).isTrue();
        TcpClient.in(client).assertOpen("10.0.1.10", 81);
        assertThat(daemon.state())
                .returns(before.inForce(), DaemonState::inForce)
                .returns(Optional.of(hash), DaemonState::trial)
                .returns(before.start(), DaemonState::start);
        assertThat(daemon.confirm(hash))
                .matches(answer -> !answer.done() && !answer.sentence().isEmpty());
        assertThat(daemon.hold(hash).done()).isTrue();
        Files.writeString(rules, allowing(81));
        assertThat(daemon.confirm(hash).done()).isTrue();

        assertThat(daemon.state()).returns(hash, DaemonState::inForce).returns(Optional.empty(), DaemonState::trial);
    }

    @Test
    void aRevisionIsTakenBack() throws IOException {
        DaemonState before = daemon.state();
        PolicyFiles revision = revision(allowing(81));
        assertThat(daemon.tryOut(revision, hash(revision), LONG).done()).isTrue();

        assertThat(daemon.rollBack(hash(revision)).done()).isTrue();

        assertThat(daemon.state().inForce()).isEqualTo(before.inForce());
        assertThat(daemon.rollBack(hash(revision)).sentence()).contains("is not being tried");
        TcpClient.in(client).assertOpen("10.0.1.10", 80);
    }

    @Test
    void aRevisionWithAnErrorIsRefusedWithItsPlace() throws IOException {
        assertThat(daemon.tryOut(revision(allowing(81).replace("tcp", "tpc")), "0", LONG))
                .matches(answer -> !answer.done())
                .matches(answer -> answer.sentence().contains(rules + ":3:"), "names the place");
    }

    @Test
    void refusedPacketsAreCounted() throws IOException {
        long before = daemon.state().refused();

        TcpClient.in(client).assertShut("10.0.1.10", 81);

        await().untilAsserted(() -> assertThat(daemon.state().refused()).isGreaterThan(before));
    }

    @Test
    void whileAnOperatorTriesACandidateNothingElseIsTried() throws IOException {
        Path candidate = Files.writeString(directory.resolve("candidate.yaml"), allowing(81));
        server.run(
                RunningDaemon.PROGRAM.toString(),
                "apply",
                "--confirm",
                "60m",
                candidate.toString(),
                "--config",
                directory.resolve(server.name() + ".yaml").toString());
        PolicyFiles revision = revision(allowing(80) + "# next\n");

        assertThatThrownBy(() -> daemon.tryOut(revision, hash(revision), LONG))
                .hasMessageContaining("an operator is trying");
        assertThat(daemon.rollBack(hash(revision)).done()).isFalse();
        TcpClient.in(client).assertOpen("10.0.1.10", 81);
    }

    private PolicyFiles revision(String text) {
        return new PolicyFiles(rules, Map.of(rules, text.getBytes(UTF_8)));
    }

    private static String hash(PolicyFiles revision) {
        return PolicyReader.read(revision).hash();
    }

    private static String allowing(int port) {
        return """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: %d, source: any }] }
                instances:
                  web: { addresses: [10.0.1.10], security_groups: [sg-web] }
                """.formatted(port);
    }
}
