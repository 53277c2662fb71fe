package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.FeedServer;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.PullProcess;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.SystemCalls;
import io.secgroupd.daemon.testkit.SystemCalls.Call;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.rules.file.UnfinishedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code pull} is killed at each call by which it turns to the daemon or changes a file, and started anew. A revision is
 * several files, of which some alone would be a sound policy that nobody has written.
 */
@NetnsTest
class KilledPullIT extends ApplyFixture {

    private static final Pattern HASH = Pattern.compile("\"hash\": ?\"([0-9a-f]{64})\"");
    private static final Pattern SERIAL = Pattern.compile("\"serial\": ?\"?([0-9]+)");

    @SuppressWarnings("NullAway.Init")
    private FeedServer feed;

    @SuppressWarnings("NullAway.Init")
    private PullProcess pull;

    private int serial;

    @BeforeEach
    void follow() throws IOException {
        TcpService.listen(server, 82);
        TcpService.listen(server, 83);
        daemon.stop();
        daemon = RunningDaemon.start(server, rules, directory, "pull: { group: tty }");
        AdminSocket.await(server, directory);
        await().until(() -> Files.exists(directory.resolve("pull.sock")));
        feed = FeedServer.start(client, "198.51.100.7", directory);
        startPull();
        publish();
        assertInForce();
    }

    @TestFactory
    Stream<DynamicTest> aRevisionComesIntoForceAsAWholeWhereverPullIsKilled() throws IOException {
        List<Call> steps = steps();
        assertThat(steps.stream().map(Call::kind))
                .contains("rename journal", "rename .rules.yaml.unfinished", "rename common.yaml", "rename rules.yaml")
                .contains("unlink .rules.yaml.unfinished", "rename followed", "connect pull.sock 5")
                .anyMatch(kind -> kind.matches("unlink (one|two)\\.yaml"));
        return steps.stream().map(step -> DynamicTest.dynamicTest(step.kind(), () -> killAt(step)));
    }

    /** What it does for a revision. Calls that only differ in a hash are one step. */
    private List<Call> steps() throws IOException {
        SystemCalls calls = SystemCalls.watch(pull.pid(), "pull", directory);
        publish();
        assertInForce();
        Set<String> seen = new TreeSet<>();
        return calls.end().stream()
                .filter(call -> call.done() && seen.add(call.kind()))
                .toList();
    }

    private void killAt(Call step) throws IOException {
        var unused = SystemCalls.killAt(step, pull.pid(), "pull", directory);
        publish();
        pull.awaitEnd();
        boolean unfinished = Files.exists(UnfinishedFiles.mark(rules));
        if (unfinished || step.ordinal() % 2 == 0) {
            ask("POST", "/rollback"); // what the daemon does by itself when the time of the trial is over
            assertThat(ask("POST", "/reload")
                            .contains(UnfinishedFiles.mark(rules).toString()))
                    .isEqualTo(unfinished);
        }
        assertOneRevisionJudges();
        assertThat(followed()).isBetween(serial - 1, serial);
        startPull();
        assertInForce();
    }

    /** That of the time before, or the new one. */
    private void assertOneRevisionJudges() throws IOException {
        boolean isNew = judging().equals(FleetRevision.of(serial).hash());
        var revision = FleetRevision.of(isNew ? serial : serial - 1);
        assertThat(judging()).isEqualTo(revision.hash());
        assertJudges(revision);
    }

    private void assertInForce() throws IOException {
        var revision = FleetRevision.of(serial);
        assertThat(feed.awaitReport(serial).result()).isEqualTo(Result.IN_FORCE);
        feed.awaitWaiting();
        assertThat(judging()).isEqualTo(revision.hash());
        TcpClient.in(client).assertOpen("10.0.1.10", 81 - serial % 2);
        TcpClient.in(client).assertOpen("10.0.1.10", 83 - serial % 2);
        assertThat(followed()).isEqualTo(serial);
        assertThat(directory.resolve("pull-state/journal")).doesNotExist();
        assertThat(FleetRevision.below(rules.resolveSibling("."))).isEqualTo(revision.texts());
        assertThat(ask("GET", "/status")).doesNotContain("\"trial\":{").doesNotContain("\"refused\":{");
    }

    private void assertJudges(FleetRevision revision) {
        for (int port = 80; port <= 83; port++) {
            if (revision.opens(port)) {
                TcpClient.in(client).assertOpen("10.0.1.10", port);
            } else {
                TcpClient.in(client).assertShut("10.0.1.10", port);
            }
        }
    }

    private String judging() throws IOException {
        return first(HASH, ask("GET", "/status"));
    }

    /** What is remembered over a restart. */
    private int followed() throws IOException {
        return Integer.parseInt(first(SERIAL, Files.readString(directory.resolve("pull-state/followed"))));
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private String ask(String method, String path) throws IOException {
        return new AdminClient(directory.resolve(server.name() + ".sock"))
                .ask(method, path, "application/json")
                .body();
    }

    private void publish() {
        serial++;
        feed.publish(serial, FleetRevision.of(serial).files());
    }

    private void startPull() throws IOException {
        pull = PullProcess.start(server, feed.settings(directory), rules, directory.resolve("pull.sock"), directory);
    }
}
