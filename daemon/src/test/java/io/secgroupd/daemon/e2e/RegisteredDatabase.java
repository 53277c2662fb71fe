package io.secgroupd.daemon.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.HostConnection;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.PullProcess;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A database that follows a control server, and lets in who is in the group of the web hosts; those have the addresses that they
 * report. The web host is played by a test over its connection to the control server.
 */
final class RegisteredDatabase implements AutoCloseable {

    static final String DATABASE = "10.0.2.10";
    static final int PORT = 3306;

    private static final byte[] OWN = "{\"addresses\":[\"10.0.1.10\"]}".getBytes(UTF_8);
    private static final String RULES = """
            version: 1
            include: [registered.yaml]
            security_groups:
              sg-web: { inbound: [] }
              sg-db: { inbound: [{ protocol: tcp, ports: 3306, source: sg-web }] }
            instances:
              web-1: { addresses: registered, security_groups: [sg-web] }
              db-1: { addresses: [10.0.2.10], security_groups: [sg-db] }
            """;
    private static final String AS_INSTALLED = """
            version: 1
            security_groups: { sg-db: { inbound: [] } }
            instances: { db-1: { addresses: [10.0.2.10], security_groups: [sg-db] } }
            """;

    final TcpClient web;
    final NetworkNamespace database;
    final RunningDaemon daemon;
    final ControlServerProcess control;
    final PullProcess pull;
    private final Network network = new Network();
    private final Path directory;
    private final String token;

    /** @param settings more of those of the control server */
    RegisteredDatabase(Path directory, String settings) throws IOException, InterruptedException {
        this.directory = directory;
        database = network.addHost("db", DATABASE, "2001:db8:2::10");
        web = TcpClient.in(network.addHost("web", "10.0.1.10", "2001:db8:1::10"));
        TcpService.listenForMany(database, PORT);
        Path own = Files.createDirectories(directory.resolve("etc"));
        Path rules = Files.writeString(own.resolve("rules.yaml"), AS_INSTALLED);
        daemon = RunningDaemon.start(database, rules, directory, "pull: { group: root }");
        AdminSocket.await(database, directory);
        Path shared = Files.createDirectories(directory.resolve("shared"));
        Files.writeString(shared.resolve("registered.yaml"), "version: 1\n");
        Path policy = Files.writeString(shared.resolve("rules.yaml"), RULES);
        control = ControlServerProcess.start(database, policy, directory, settings);
        token = ControlServerProcess.enrol("web", "--instance web-1", directory);
        control.awaitLog(
                "rollout.done revision=1"); // before a host is there by whose first minute all others would wait
        pull = follow(ControlServerProcess.enrol("db", "", directory), rules);
    }

    private PullProcess follow(String ownToken, Path rules) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("pull.token"), ownToken + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String servers = "servers: [\"http://127.0.0.1:9471\"]\nhost: db\ntoken_file: " + file + "\n";
        await().until(() -> Files.exists(directory.resolve("pull.sock")));
        PullProcess started = PullProcess.start(database, servers, rules, directory.resolve("pull.sock"), directory);
        started.awaitLog("pull.in_force serial=1");
        return started;
    }

    /** Publishes a change that means nothing, and waits until the database has it. */
    void change(long serial) throws IOException {
        Files.writeString(directory.resolve("shared/rules.yaml"), RULES + "# " + serial + "\n");
        pull.awaitLog("pull.in_force serial=" + serial);
    }

    /** A connection of the web host to the control server. */
    HostConnection connect() throws IOException {
        return HostConnection.open(database, token);
    }

    /** The web host reports its address over such a connection. */
    static void report(HostConnection here) throws IOException {
        here.tell("/v1/addresses", OWN);
    }

    void assertOpen() {
        web.assertOpen(DATABASE, PORT);
    }

    void assertShut() {
        web.assertShut(DATABASE, PORT);
    }

    @Override
    public void close() {
        network.close();
    }
}
