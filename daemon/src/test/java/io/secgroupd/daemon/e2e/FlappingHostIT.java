package io.secgroupd.daemon.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.HostConnection;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.PullProcess;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database lets in who is in the group of the web hosts, and those have the addresses that they report. One of them leaves its
 * control server and comes back, again and again, as a host does whose network or program is bad.
 */
@NetnsTest
class FlappingHostIT {

    private static final String DATABASE = "10.0.2.10";
    private static final int PORT = 3306;
    /** A thousand times take more than a minute; MembershipTest has as many with the clock in hand. */
    private static final int TIMES = 250;

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

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Network network = new Network();
    private final NetworkNamespace database = network.addHost("db", DATABASE, "2001:db8:2::10");
    private final TcpClient web = TcpClient.in(network.addHost("web", "10.0.1.10", "2001:db8:1::10"));

    @SuppressWarnings("NullAway.Init")
    private RunningDaemon daemon;

    @SuppressWarnings("NullAway.Init")
    private ControlServerProcess control;

    @SuppressWarnings("NullAway.Init")
    private PullProcess pull;

    @SuppressWarnings("NullAway.Init")
    private String token;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        TcpService.listenForMany(database, PORT);
        Path own = Files.createDirectories(directory.resolve("etc"));
        Path rules = Files.writeString(own.resolve("rules.yaml"), AS_INSTALLED);
        daemon = RunningDaemon.start(database, rules, directory, "pull: { group: root }");
        AdminSocket.await(database, directory);
        Path shared = Files.createDirectories(directory.resolve("shared"));
        Files.writeString(shared.resolve("registered.yaml"), "version: 1\n");
        control =
                ControlServerProcess.start(database, Files.writeString(shared.resolve("rules.yaml"), RULES), directory);
        token = ControlServerProcess.enrol("web", "--instance web-1", directory);
        follow(ControlServerProcess.enrol("db", "", directory), rules);
    }

    private void follow(String ownToken, Path rules) throws IOException {
        Path file = Files.writeString(directory.resolve("pull.token"), ownToken + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String servers = "servers: [\"http://127.0.0.1:9471\"]\nhost: db\ntoken_file: " + file + "\n";
        await().until(() -> Files.exists(directory.resolve("pull.sock")));
        pull = PullProcess.start(database, servers, rules, directory.resolve("pull.sock"), directory);
        pull.awaitLog("pull.in_force serial=1");
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void aHostThatLeavesAndReturnsAgainAndAgainIsRefusedNoConnectionAndCausesNoRevision() throws Exception {
        web.assertShut(DATABASE, PORT);
        String tag = join();
        Tally tally = Tally.of(database, daemon);

        var flapping = new AtomicBoolean(true);
        var connections = new FutureTask<>(() -> connectWhile(flapping));
        new Thread(connections, "web").start();
        for (int time = 0; time < TIMES; time++) {
            try (HostConnection here = connect()) {
                here.tell("/v1/addresses", OWN);
                here.ask(tag);
                if (time % 2 == 0) {
                    here.reset();
                }
            }
        }
        flapping.set(false);

        assertThat(connections.get()).isPositive();
        tally.assertDecisions("ingress ACCEPT rule " + connections.get());
        try (HostConnection here = connect()) {
            assertThat(here.pointer("none").tag()).isEqualTo(tag);
        }
        assertThat(control.log()).containsOnlyOnce("membership.changed").doesNotContain("rollout.failed");
        assertThat(pull.log()).contains("pull.in_force serial=2").doesNotContain("serial=3");
    }

    /** The number of connections, each of which was let in. */
    private int connectWhile(AtomicBoolean flapping) {
        int opened = 0;
        do {
            web.assertOpen(DATABASE, PORT);
            opened++;
        } while (flapping.get());
        return opened;
    }

    private HostConnection connect() throws IOException {
        return HostConnection.open(database, token);
    }

    /** The web host reports its address, and follows until the database has it; returns the tag of that revision. */
    private String join() throws IOException {
        try (HostConnection here = connect()) {
            Pointer first = here.pointer("none");
            tellInForce(here, first);
            here.tell("/v1/addresses", OWN);
            Pointer second = here.pointer(first.tag());
            while (second.serial() == first.serial()) {
                second = here.pointer(first.tag());
            }
            tellInForce(here, second);
            pull.awaitLog("pull.in_force serial=2");
            control.awaitLog("rollout.done revision=2");
            return second.tag();
        }
    }

    private static void tellInForce(HostConnection here, Pointer revision) throws IOException {
        var report = new HostReport(
                Result.IN_FORCE, revision.serial(), "", "", OptionalLong.empty(), OptionalLong.empty(), "test");
        here.tell("/v1/report", report.bytes());
    }
}
