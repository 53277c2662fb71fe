package io.secgroupd.daemon.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.FeedServer;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.PullProcess;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that follows a control server over the network which its own daemon judges. */
@NetnsTest
class PullIT extends ApplyFixture {

    private static final String INSTANCES = """
            instances:
              web: { addresses: [10.0.1.10], security_groups: [sg-web] }
            """;

    @SuppressWarnings("NullAway.Init")
    private FeedServer feed;

    @SuppressWarnings("NullAway.Init")
    private PullProcess pull;

    @BeforeEach
    void follow() throws IOException {
        daemon.stop();
        daemon = RunningDaemon.start(server, rules, directory, "pull: { group: tty }");
        AdminSocket.await(server, directory);
        await().until(() -> Files.exists(socket()));
        feed = FeedServer.start(client, "198.51.100.7", directory);
        pull = startPull();
    }

    @Test
    void aRevisionComesIntoForceAndIsWritten() throws IOException {
        feed.publish(1, revision(allowing(81)));

        HostReport report = feed.awaitReport(1);
        assertThat(report.result()).isEqualTo(Result.IN_FORCE);
        assertThat(server.run(RunningDaemon.PROGRAM.toString(), "--version"))
                .isEqualToIgnoringNewLines("secgroupd " + report.program());

        assertOpenIsOnly(81);
        assertThat(rules).hasContent(allowing(81));
        assertThat(run("status")).doesNotContain("TRIAL").doesNotContain("STALE");
        assertThat(pull.stop()).isZero();
        assertThat(pull.log()).contains("pull.in_force serial=1").doesNotContain("ERROR");
        assertThat(rules.resolveSibling("rules.yaml.before-fleet")).hasContent(allowing(80));
    }

    @Test
    void aRevisionThatCutsTheControlServerOffIsTakenBack() throws IOException {
        feed.publish(1, revision(allowing(81).replace("inbound:", "outbound: []\n    inbound:")));

        HostReport report = feed.awaitReport(1);

        assertThat(report.result()).isEqualTo(Result.TAKEN_BACK);
        assertOpenIsOnly(80);
        assertThat(rules).hasContent(allowing(80));
        feed.publish(2, revision(allowing(81)));
        assertThat(feed.awaitReport(2).result()).isEqualTo(Result.IN_FORCE);
        assertOpenIsOnly(81);
    }

    @Test
    void aRevisionWithAnErrorIsRefusedAndTold() throws IOException {
        feed.publish(1, revision(allowing(81).replace("tcp", "tpc")));

        HostReport report = feed.awaitReport(1);

        assertThat(report.result()).isEqualTo(Result.REFUSED);
        assertThat(report.problem()).contains("tpc");
        assertOpenIsOnly(80);
    }

    /** Pull and daemon have the heap that they have everywhere. */
    @Test
    void aRevisionOfFortyMebibytesComesIntoForce() throws IOException {
        String text = allowing(81) + "prefix_lists: { pl-long: { file: long.txt } }\n";
        var files = new TreeMap<>(revision(text));
        files.put(
                "long.txt",
                ("192.0.2.1\n" + "# This line only makes the file long.\n".repeat(1_100_000)).getBytes(UTF_8));

        feed.publish(1, files);

        assertThat(feed.awaitReport(1)).returns("", HostReport::problem).returns(Result.IN_FORCE, HostReport::result);
        assertOpenIsOnly(81);
        assertThat(rules.resolveSibling("long.txt")).hasBinaryContent(files.get("long.txt"));
    }

    /** It is killed while the proof is waited for: the daemon goes back by itself, or the next start does it. */
    @Test
    void aKilledPullIsFollowedByOneThatFinishes() throws IOException {
        feed.silent(true);
        feed.publish(1, revision(allowing(81)));
        daemon.awaitLog("policy.trial");
        pull.kill();
        assertThat(rules).hasContent(allowing(80));
        feed.silent(false);

        pull = startPull();

        assertThat(feed.awaitReport(1).result()).isEqualTo(Result.IN_FORCE);
        assertOpenIsOnly(81);
        assertThat(rules).hasContent(allowing(81));
        TcpClient.in(client).assertOpen("10.0.1.10", 81);
    }

    private Path socket() {
        return directory.resolve("pull.sock");
    }

    private PullProcess startPull() throws IOException {
        return PullProcess.start(server, feed.settings(directory), rules, socket(), directory);
    }

    private static Map<String, byte[]> revision(String text) {
        return Map.of("rules.yaml", text.getBytes(UTF_8), "instances.yaml", INSTANCES.getBytes(UTF_8));
    }
}
