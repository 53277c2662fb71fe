package io.secgroupd.daemon.e2e;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host with two services, rules that allow one of them, and a candidate that allows the other instead. */
abstract class ApplyFixture {

    private static final String PROGRAM =
            Path.of("target/dist/bin/secgroupd").toAbsolutePath().toString();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @SuppressWarnings("NullAway.Init")
    Path rules;

    @SuppressWarnings("NullAway.Init")
    Path candidate;

    @SuppressWarnings("NullAway.Init")
    RunningDaemon daemon;

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

    Path write(String text) {
        try {
            return Files.writeString(candidate, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String allowing(int port) {
        return """
                version: 1
                include: [instances.yaml]
                security_groups:
                  sg-web:
                    inbound:
                      - { protocol: tcp, ports: %d, source: any }
                """.formatted(port);
    }

    String run(String command) {
        return runWith("", command);
    }

    String runWith(String environment, String command) {
        return server.run(
                "sh",
                "-c",
                environment + PROGRAM + " " + command + " --config " + directory.resolve(server.name() + ".yaml")
                        + " 2>&1; echo exit $?");
    }

    void assertOpenIsOnly(int port) {
        TcpClient.in(client).assertOpen("10.0.1.10", port);
        TcpClient.in(client).assertShut("10.0.1.10", port == 80 ? 81 : 80);
    }
}
