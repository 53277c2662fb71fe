package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS's own flow logs through rules: what opened a connection is judged, and its replies are not. */
class ReplayAwsLogTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-h:
                inbound: [{ protocol: tcp, ports: 443, source: any, id: sgr-https }]
                outbound: [{ protocol: udp, ports: 53, destination: any, id: sgr-dns }]
            instances: { h: { addresses: [10.0.1.10], security_groups: [sg-h] } }
            """;
    private static final String HTTPS = "198.51.100.7 10.0.1.10 49761 443 6";
    private static final String REPLY = "10.0.1.10 198.51.100.7 443 49761 6";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void repliesAreCountedAndNotJudged() throws IOException {
        Cli replay = replay(record(HTTPS, "ACCEPT"), record(REPLY, "ACCEPT"), record(REPLY, "ACCEPT"));

        assertThat(replay.out())
                .contains("ACCEPT     1x  tcp 198.51.100.7 -> h (10.0.1.10) port 443")
                .contains("1 flow: 1 accepted, 0 rejected");
        assertThat(replay.err()).contains("2 records were taken for replies of connections");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aConnectionOfManyRecordsIsOne() throws IOException {
        Cli replay = replay(record(HTTPS, "ACCEPT"), record(HTTPS, "ACCEPT"), record(HTTPS, "ACCEPT"));

        assertThat(replay.out()).contains("1 flow: 1 accepted");
        assertThat(replay.err()).isEmpty();
    }

    @Test
    void aReplyAloneTellsOfItsConnection() throws IOException {
        assertThat(replay(record(REPLY, "ACCEPT")).out())
                .contains("ACCEPT     1x  tcp 198.51.100.7 -> h (10.0.1.10) port 443");
    }

    @Test
    void whatWasRefusedIsAnAttemptWhateverItsPorts() throws IOException {
        Cli replay = replay(record("203.0.113.9 10.0.1.10 53 40000 17", "REJECT"));

        assertThat(replay.out()).contains("REJECT     1x  udp 203.0.113.9 -> h (10.0.1.10) port 40000");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void aRefusedReplyOfWhatWasLetThroughIsNoAttempt() throws IOException {
        Cli replay = replay(record(HTTPS, "ACCEPT"), record(REPLY, "REJECT"));

        assertThat(replay.out()).contains("1 flow: 1 accepted, 0 rejected");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 18, 198.51.100.7 -> h (10.0.1.10) port 8443",
        "3, 19, 198.51.100.7 -> h (10.0.1.10) port 8443",
        "18, 2, h (10.0.1.10) -> 198.51.100.7 port 9000",
        "0, 2, h (10.0.1.10) -> 198.51.100.7 port 9000",
        "18, 0, h (10.0.1.10) -> 198.51.100.7 port 9000"
    })
    void theFlagsOfTcpTellWhoOpened(int there, int back, String connection) throws IOException {
        Cli replay = replay(
                "srcaddr dstaddr srcport dstport protocol action tcp-flags start end",
                "198.51.100.7 10.0.1.10 9000 8443 6 ACCEPT " + there + " 1764310000 1764310060",
                "10.0.1.10 198.51.100.7 8443 9000 6 ACCEPT " + back + " 1764310000 1764310060");

        assertThat(replay.out()).contains(connection).contains("1 flow:");
        assertThat(replay.err()).contains("1 records were taken for replies");
    }

    @Test
    void amongEqualPortsTheFirstToSpeakHasOpened() throws IOException {
        Cli replay = replay(
                "srcaddr dstaddr srcport dstport protocol action start end",
                "198.51.100.7 10.0.1.10 2000 3000 6 ACCEPT 1764310001 1764310060",
                "10.0.1.10 198.51.100.7 3000 2000 6 ACCEPT 1764310000 1764310060");

        assertThat(replay.out()).contains("h (10.0.1.10) -> 198.51.100.7 port 2000");
    }

    @Test
    void whatCannotBeToldIsJudgedInEitherDirectionAndSaid() throws IOException {
        Cli replay = replay(
                "srcaddr dstaddr srcport dstport protocol action start end",
                "198.51.100.7 10.0.1.10 53 53 17 ACCEPT 1764310000 1764310060",
                "10.0.1.10 198.51.100.7 53 53 17 ACCEPT 1764310000 1764310060");

        assertThat(replay.out()).contains("ACCEPT     1x  udp h (10.0.1.10) -> 198.51.100.7 port 53");
        assertThat(replay.err()).contains("2 records do not tell which end opened");
    }

    @Test
    void whatAwsHasSkippedIsSaid() throws IOException {
        Cli replay = replay(record(HTTPS, "ACCEPT"), "2 1 eni-0a1 - - - - - - - 1764310120 1764310180 - SKIPDATA");

        assertThat(replay.err()).contains("1 times AWS skipped records");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aLogOfWhichNothingCouldBeJudgedIsNotAccepted() throws IOException {
        Cli replay = replay(record("198.51.100.7 10.0.1.10 0 0 1", "ACCEPT"));

        assertThat(replay.err()).contains("were not judged");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void logsNamesRepliesAndCountsThemApart() throws IOException {
        Path log = write(record(HTTPS, "ACCEPT"), record(REPLY, "ACCEPT"));

        assertThat(Cli.run("logs", log.toString()).out()).containsPattern("198.51.100.7 .* reply x20\n");
        assertThat(Cli.run("logs", log.toString(), "--top", "port").out())
                .contains("tcp 443")
                .doesNotContain("49761")
                .contains("1 more records are replies of connections");
    }

    private static String record(String ends, String action) {
        return "2 123456789010 eni-0a1 " + ends + " 20 4249 1764310000 1764310060 " + action + " OK";
    }

    private Path write(String... lines) throws IOException {
        return Files.writeString(directory.resolve("aws.log"), String.join("\n", lines) + "\n");
    }

    private Cli replay(String... lines) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        return Cli.run("replay", "--rules", rules.toString(), write(lines).toString());
    }
}
