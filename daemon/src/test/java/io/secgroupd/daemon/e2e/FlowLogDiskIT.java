package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What faults of the disk do to the record of decisions: no verdict waits for it, and what it lacks is counted in it. */
@NetnsTest
class FlowLogDiskIT extends FlowLogFixture {

    /** More than can wait for the writer. */
    private static final int MORE_THAN_FIT = 40_000;
    /** Fewer than fit into the kernel's queue, so that it drops none. */
    private static final int STEP = 8_000;

    @Test
    void whatHadNoRoomWhileTheDiskStoodStillIsCountedToTheLastPacket() throws IOException {
        host.client.run("mkfifo", log().toString());
        start("aggregate: 0s");
        for (int sent = STEP; sent <= MORE_THAN_FIT; sent += STEP) {
            sendRejected(CLOSED, STEP);
            awaitDecisions(sent);
        }
        assertVerdictsGoOn();

        List<FlowLine> lines = readPipe(MORE_THAN_FIT + 1);

        long lost = sum(lines, "lost");
        assertThat(lost).isPositive().isEqualTo(lost());
        assertThat(sum(lines, "packets") + lost).isEqualTo(decisions()).isEqualTo(MORE_THAN_FIT + 1);
        assertThatTheSequenceHasNoGap(lines);
    }

    @Test
    void aFullDiskStopsNoVerdictAndWritingResumes() {
        RunningDaemon daemon = startOnSmallDisk("size=64k");
        sendRejected(CLOSED, 500);
        daemon.awaitLog("flowlog.failed");
        assertVerdictsGoOn();

        onItsDisk(daemon, "mount", "-o", "remount,size=16m", disk().toString());

        awaitRecorded(seenBy(daemon), 501);
        daemon.awaitLog("flowlog.resumed");
        assertThatNothingIsMissing(daemon, 501);
    }

    @Test
    void aReadOnlyDiskStopsNoVerdictAndWritingResumes() {
        RunningDaemon daemon = startOnSmallDisk("size=16m,ro");
        sendRejected(CLOSED, 100);
        daemon.awaitLog("flowlog.failed");
        assertVerdictsGoOn();

        onItsDisk(daemon, "mount", "-o", "remount,rw", disk().toString());

        awaitRecorded(seenBy(daemon), 101);
        assertThatNothingIsMissing(daemon, 101);
    }

    @Test
    void aFileThatIsRemovedAndADirectoryInItsPlaceStopNothing() throws IOException {
        RunningDaemon daemon = start("aggregate: 0s");
        sendRejected(CLOSED, 10);
        awaitRecorded(log(), 10);
        List<FlowLine> lines = new ArrayList<>(FlowLogFiles.linesOf(log()));

        Files.delete(log());
        sendRejected(CLOSED, 10);
        awaitRecorded(log(), 10);
        lines.addAll(FlowLogFiles.linesOf(log()));

        Files.delete(log());
        Files.createDirectory(log());
        sendRejected(CLOSED, 10);
        daemon.awaitLog("flowlog.failed");
        assertVerdictsGoOn();
        Files.delete(log());
        awaitRecorded(log(), 11);
        lines.addAll(FlowLogFiles.linesOf(log()));

        assertThat(decisions()).isEqualTo(31);
        assertThat(lost()).isZero();
        assertThat(lines).hasSize(31);
        assertThatTheSequenceHasNoGap(lines);
    }

    /** A disk that only the daemon sees, with the log alone on it. */
    private RunningDaemon startOnSmallDisk(String options) {
        Path disk = disk();
        String mount = "mkdir -p " + disk + " && mount -t tmpfs -o " + options + " tmpfs " + disk + " && exec \"$@\"";
        RunningDaemon daemon = host.launch(
                List.of("unshare", "--mount", "sh", "-c", mount, "sh"),
                "flow_log: { path: " + smallLog() + ", aggregate: 0s }");
        return daemon.awaitLog("daemon.ready");
    }

    private Path disk() {
        return host.directory.resolve("disk");
    }

    private Path smallLog() {
        return disk().resolve("flows.log");
    }

    private void onItsDisk(RunningDaemon daemon, String... command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "-m", "-t", String.valueOf(daemon.pid())));
        words.addAll(List.of(command));
        host.server.run(words.toArray(String[]::new));
    }

    private Path seenBy(RunningDaemon daemon) {
        return Path.of("/proc/" + daemon.pid() + "/root" + smallLog());
    }

    private void assertThatNothingIsMissing(RunningDaemon daemon, long sent) {
        List<FlowLine> lines = FlowLogFiles.linesOf(seenBy(daemon));
        assertThat(decisions()).isEqualTo(sent);
        assertThat(sum(lines, "lost")).isEqualTo(lost());
        assertThat(sum(lines, "packets") + sum(lines, "lost")).isEqualTo(sent);
        assertThatTheSequenceHasNoGap(lines);
    }

    private List<FlowLine> readPipe(long decisions) throws IOException {
        List<FlowLine> lines = new ArrayList<>();
        long seen = 0;
        try (BufferedReader pipe = Files.newBufferedReader(log())) {
            while (seen < decisions) {
                FlowLine line = FlowLine.parse(pipe.readLine() + "\n").get(0);
                lines.add(line);
                seen += line.decisions();
            }
        }
        return lines;
    }
}
