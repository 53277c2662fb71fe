package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.OnePacket;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The record of decisions on real packets: what each line says, and that every packet is in it once. What becomes of it when
 * the disk fails is in {@link FlowLogDiskIT}.
 */
@NetnsTest
class FlowLogIT extends FlowLogFixture {

    @Test
    void aLineSaysWhatWasAskedAndWhyItWasAnsweredSo() {
        RunningDaemon daemon = start("aggregate: 0s");
        sendOneOfEach();
        awaitRecorded(log(), 5);
        daemon.stop();

        assertThat(FlowLogFiles.linesOf(log()))
                .extracting(FlowLogIT::question)
                .containsExactly(
                        "ACCEPT rule sg-web sgr-web tcp 198.51.100.7 10.0.1.10 80 null/null flags 2",
                        "REJECT no-matching-rule null null tcp 2001:db8:ffff::7 2001:db8:1::10 22 null/null flags 2",
                        "REJECT no-matching-rule null null udp 198.51.100.7 10.0.1.10 9999 null/null flags null",
                        "ACCEPT rule sg-web sgr-ping icmp 198.51.100.7 10.0.1.10 null 8/0 flags null",
                        "REJECT no-matching-rule null null icmpv6 2001:db8:ffff::7 2001:db8:1::10 null 128/0 flags null");
        assertThat(FlowLogFiles.linesOf(log())).allSatisfy(line -> {
            assertThat(line.text("instance")).isEqualTo("web");
            assertThat(line.text("direction")).isEqualTo("ingress");
            assertThat(line.text("in")).isEqualTo("eth0");
            assertThat(line.number("generation")).isEqualTo(1);
            assertThat(line.number("packets")).isEqualTo(1);
        });
    }

    @Test
    void aVpcLineSaysTheSameInItsFields() throws IOException {
        RunningDaemon daemon = start("aggregate: 0s, format: vpc");
        sendOneOfEach();
        await().until(() ->
                Files.exists(log()) && Files.readString(log()).lines().count() == 5);
        daemon.stop();

        assertThat(Files.readString(log())
                        .replaceFirst("^2 \\S+ ", "2 HOST ")
                        .replaceAll("\n2 \\S+ ", "\n2 HOST ")
                        .replaceAll(" (\\d+) \\d{10} \\d{10} ", " BYTES START END ")
                        .replaceAll(" \\d{5} (\\d+ (6|17)) ", " SPORT $1 "))
                .isEqualTo("""
                        2 HOST web 198.51.100.7 10.0.1.10 SPORT 80 6 1 BYTES START END ACCEPT OK sg-web sgr-web rule
                        2 HOST web 2001:db8:ffff::7 2001:db8:1::10 SPORT 22 6 1 BYTES START END REJECT OK - - no-matching-rule
                        2 HOST web 198.51.100.7 10.0.1.10 SPORT 9999 17 1 BYTES START END REJECT OK - - no-matching-rule
                        2 HOST web 198.51.100.7 10.0.1.10 0 0 1 1 BYTES START END ACCEPT OK sg-web sgr-ping rule
                        2 HOST web 2001:db8:ffff::7 2001:db8:1::10 0 0 58 1 BYTES START END REJECT OK - - no-matching-rule
                        """);
    }

    @Test
    void theFirstOfEqualRejectsHasItsLineAndTheOthersAreOneLineWithTheirCount() {
        RunningDaemon daemon = start("aggregate: 1h");
        sendRejected(CLOSED, 250);
        sendRejected(CLOSED, 250);
        sendRejected(CLOSED + 1, 3);
        awaitDecisions(503);
        daemon.stop();

        assertThat(FlowLogFiles.linesOf(log()))
                .extracting(line -> line.text("dport") + " x" + line.text("packets"))
                .containsExactly(CLOSED + " x1", CLOSED + 1 + " x1", CLOSED + " x499", CLOSED + 1 + " x2");
    }

    @Test
    void overRotationAndRestartEveryPacketIsThereOnce() {
        int sent = 3000;
        for (int i = 0; i < 2; i++) {
            RunningDaemon daemon = start("aggregate: 0s, rotate: 64KiB, keep: 1000");
            sendRejected(CLOSED, sent);
            awaitDecisions(sent);
            assertThat(lost()).isZero();
            daemon.stop();
        }

        List<FlowLine> lines = linesByTheProgram();
        assertThat(host.directory.toFile().list((in, name) -> name.startsWith("flows.")))
                .hasSizeGreaterThan(10);
        assertThat(sum(FlowLogFiles.linesOf(log()), "packets")).isEqualTo(2L * sent);
        Map<String, List<FlowLine>> byStart = lines.stream().collect(Collectors.groupingBy(line -> line.text("start")));
        assertThat(byStart).hasSize(2).allSatisfy((start, its) -> {
            assertThat(its).hasSize(sent);
            assertThatTheSequenceHasNoGap(its);
        });
    }

    private void sendOneOfEach() {
        assertVerdictsGoOn();
        JudgedHost.assertShut(host.client, SERVER_6, 22);
        sendRejected(CLOSED, 1);
        assertThat(OnePacket.ping(host.client, SERVER_4)).isTrue();
        assertThat(OnePacket.ping(host.client, SERVER_6)).isFalse();
    }

    private static String question(FlowLine line) {
        return String.join(
                        " ",
                        List.of("verdict", "reason", "group", "rule", "protocol", "src", "dst", "dport").stream()
                                .map(line::text)
                                .toList())
                + " " + line.text("icmp_type") + "/" + line.text("icmp_code") + " flags " + line.text("tcp_flags");
    }

    /** By our own reader, which puts the files in order. */
    private List<FlowLine> linesByTheProgram() {
        return FlowLine.parse(
                host.server.run(RunningDaemon.PROGRAM.toString(), "logs", log().toString(), "--output", "json"));
    }
}
