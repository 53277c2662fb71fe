package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** A change that can be taken back: tried, confirmed or forgotten, and never one that locks its author out. */
@NetnsTest
class ApplyIT extends ApplyFixture {

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
        assertThat(cut.isAlive(Wait.FOR_ONE_PACKET)).isFalse();
    }

    /** Nothing in the kernel tests the mark then: the connection would be said to be cut, and live on. */
    @Test
    void withConnectionsKeptNoneCanBeCut() {
        assertThat(run("apply --existing cut " + candidate))
                .contains("set established: cut and mode: enforce in daemon.yaml")
                .endsWith("exit 1\n");
        assertOpenIsOnly(80);
    }
}
