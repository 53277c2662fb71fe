package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A candidate judged beside the policy in force on real connections, over a crash, until it is promoted. */
@NetnsTest
class ShadowIT extends ApplyFixture {

    @Test
    void aCandidateTellsWhatItWouldChangeOutlivesACrashAndIsPromoted() throws IOException {
        assertThat(run("shadow " + candidate + " --for 2h"))
                .contains("changes no verdict")
                .endsWith("exit 0\n");
        daemon.awaitLog("shadow.begun");
        assertOpenIsOnly(80);

        assertThat(candidateOf(80)).isEqualTo("REJECT no-matching-rule");
        assertThat(candidateOf(81)).isEqualTo("ACCEPT rule");
        String found = run("shadow status");
        assertThat(found)
                .contains("NEWLY REFUSED", "such as 198.51.100.7 -> 10.0.1.10", "in force   ingress web by sgr-")
                .contains("rules.yaml:6  tcp 80 from any", "port differs (" + candidate + ":6)")
                .contains("NEWLY ALLOWED", candidate + ":6  tcp 81 from any");
        assertThat(run("status")).contains("shadow", "newly-refused", "newly-allowed");
        Exposition metrics = AdminSocket.await(server, directory).metrics();
        assertThat(metrics.counter("secgroupd_shadow_differences_total", "kind=newly-refused"))
                .isPositive();
        assertThat(metrics.counter("secgroupd_shadow_differences_total", "kind=newly-allowed"))
                .isPositive();

        awaitStored();
        daemon.kill();
        daemon = RunningDaemon.start(server, rules, directory);
        daemon.awaitLog("shadow.resumed");
        assertThat(run("shadow status"))
                .contains(since(found), "NEWLY REFUSED", "NEWLY ALLOWED")
                .as("the names of the differences")
                .contains(found.lines()
                        .filter(line -> line.contains("x  first"))
                        .map(line -> line.substring(0, 8))
                        .toList());
        assertOpenIsOnly(80);

        assertThat(run("shadow promote --if-quiet 1h"))
                .contains("it has been judged for")
                .endsWith("exit 1\n");
        assertOpenIsOnly(80);
        assertThat(run("shadow promote")).contains("generation 2 is in force").endsWith("exit 0\n");
        daemon.awaitLog("how=promoted");
        assertOpenIsOnly(81);
        assertThat(rules).hasContent(allowing(81));
        assertThat(run("shadow status")).contains("no candidate is judged");
    }

    @Test
    void aBrokenCandidateIsRefusedWithItsProblems() {
        write(allowing(81).replace("tcp", "tpc"));

        assertThat(run("shadow " + candidate))
                .contains(candidate + ":6:", "tpc")
                .endsWith("exit 1\n");
        assertThat(run("shadow status")).contains("no candidate is judged");
    }

    @Test
    void aCandidateThatIsDroppedIsNoLongerInTheFlowLog() {
        assertThat(run("shadow " + candidate)).endsWith("exit 0\n");
        assertThat(run("shadow drop")).endsWith("exit 0\n");
        daemon.awaitLog("how=dropped");
        assertOpenIsOnly(80);

        assertThat(daemon.awaitFlow("198.51.100.7", 80).fields()).doesNotContainKey("candidate.verdict");
        assertThat(run("shadow drop")).contains("no candidate is judged").endsWith("exit 1\n");
    }

    private String candidateOf(int port) {
        FlowLine line = daemon.awaitFlow("198.51.100.7", port);
        return line.text("candidate.verdict") + " " + line.text("candidate.reason");
    }

    private void awaitStored() {
        Path stored = directory.resolve(server.name() + "-state/shadow/shadow.json");
        await("both differences are stored")
                .until(() -> Files.readString(stored).split("\"kind\":").length == 3);
    }

    private static String since(String status) {
        return status.replaceAll("(?s).*(judged since \\S+) .*", "$1");
    }
}
