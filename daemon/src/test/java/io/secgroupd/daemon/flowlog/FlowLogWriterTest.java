package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.flowlog.Records.ACCEPTED;
import static io.secgroupd.daemon.flowlog.Records.REFUSED;
import static io.secgroupd.daemon.flowlog.Records.RULE;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.FlowLogFormat;
import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Hook;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is lost: what is in the log and what it says is missing are together what was handed over. */
class FlowLogWriterTest {

    private static final PacketView MYSQL = Records.view(tcp("10.0.1.10", "10.0.2.10", 3306, "S"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void equalRejectsAfterTheFirstBecomeOneLineAndAcceptsStayEachItsOwn() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        try (FlowLogWriter writer = start(ring, Duration.ofMinutes(1))) {
            record(ring, REFUSED, 100);
            for (int sequence = 1; sequence <= 3; sequence++) {
                accept(ring, syn(sequence), 1);
            }
            assertThat(writer.lost()).isZero();
        }

        assertThat(lines())
                .extracting(line -> line.text("verdict") + " " + line.text("packets"))
                .containsExactlyInAnyOrder("REJECT 1", "REJECT 99", "ACCEPT 1", "ACCEPT 1", "ACCEPT 1");
        assertThat(lines()).noneSatisfy(FlowLogWriterTest::assertRepeat);
    }

    /** The kernel hands over a SYN once more when its answer was lost: the same connection, and one line for all of them. */
    @Test
    void aRepeatedSynIsCountedAndIsNoLineOfAnotherConnection() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        try (FlowLogWriter writer = start(ring, Duration.ofMinutes(1))) {
            accept(ring, syn(1), 4);
            accept(ring, syn(2), 1);
            accept(ring, syn(1), 1);
            assertThat(writer.lost()).isZero();
        }

        assertThat(lines())
                .extracting(line -> line.text("packets") + " " + line.fields().containsKey("repeat"))
                .containsExactlyInAnyOrder("1 false", "1 false", "4 true");
    }

    @Test
    void withoutAggregationEachRepeatedSynHasAMarkedLine() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        try (FlowLogWriter writer = start(ring, Duration.ZERO)) {
            accept(ring, syn(1), 3);
            assertThat(writer.lost()).isZero();
        }

        assertThat(lines())
                .extracting(line -> line.fields().containsKey("repeat"))
                .containsExactly(false, true, true);
    }

    /** What is no SYN, or comes from another port or under another policy, opens or continues something else. */
    @Test
    void onlyAnEqualSynIsARepeatedOne() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        try (FlowLogWriter writer = start(ring, Duration.ofMinutes(1))) {
            PacketView ack = Records.view(tcp("10.0.1.10", "10.0.2.10", 3306, "A"));
            PacketView otherPort = Records.view(tcp("10.0.1.10", 40001, "10.0.2.10", 3306, "S"));
            accept(ring, MYSQL, 1);
            accept(ring, otherPort, 1);
            accept(ring, ack, 2);
            ring.record(Decision.accept(Direction.EGRESS, "app-1", RULE), null, MYSQL, Hook.INPUT, 1, 7);
            ring.record(ACCEPTED, null, MYSQL, Hook.INPUT, 1, 8);
            ring.endOfBurst();
            assertThat(writer.lost()).isZero();
        }

        assertThat(lines()).hasSize(6).noneSatisfy(FlowLogWriterTest::assertRepeat);
    }

    @Test
    void onlyWhatAnInstanceObservesIsMarkedOnAHostThatEnforces() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        try (FlowLogWriter writer = start(ring, Duration.ofMinutes(1))) {
            record(ring, Decision.observe(Direction.INGRESS, Reason.NO_MATCHING_RULE, "orders-2"), 3);
            record(ring, REFUSED, 1);
            accept(ring, MYSQL, 1);
            assertThat(writer.lost()).isZero();
        }

        assertThat(lines())
                .extracting(line -> line.text("instance") + " " + line.fields().get("observed"))
                .containsExactlyInAnyOrder("orders-2 true", "orders-2 true", "orders-1 null", "orders-1 null");
    }

    @Test
    void whatACandidateWouldHaveDecidedOtherwiseIsLoggedEvenIfNothingElseIs() {
        FlowRing ring = ring(new FlowRing.Wanted(false, false, true));
        try (FlowLogWriter writer = start(ring, Duration.ZERO)) {
            ring.record(ACCEPTED, null, MYSQL, Hook.INPUT, 1, 7);
            ring.record(ACCEPTED, REFUSED, MYSQL, Hook.INPUT, 1, 7);
            ring.record(REFUSED, ACCEPTED, MYSQL, Hook.INPUT, 1, 7);
            var observed = Decision.observe(Direction.INGRESS, Reason.NO_MATCHING_RULE, "orders-2");
            ring.record(REFUSED, observed, MYSQL, Hook.INPUT, 1, 7);
            ring.endOfBurst();
            assertThat(writer.lost()).isZero();
        }

        assertThat(lines())
                .extracting(line -> line.text("verdict") + " " + line.text("candidate.verdict"))
                .containsExactly("ACCEPT REJECT", "REJECT ACCEPT", "REJECT REJECT");
    }

    @Test
    void theFirstRejectIsInTheLogLongBeforeItsWindowEnds() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        try (FlowLogWriter writer = start(ring, Duration.ofHours(1))) {
            record(ring, REFUSED, 3);

            await().until(() -> Files.exists(log()) && FlowLogFiles.decisionsIn(log()) == 1);
            assertThat(writer.lost()).isZero();
        }

        assertThat(FlowLogFiles.decisionsIn(log())).isEqualTo(3);
    }

    @Test
    void aWindowThatEndsIsWrittenWithoutFurtherTraffic() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        try (FlowLogWriter writer = start(ring, Duration.ofMillis(50))) {
            record(ring, REFUSED, 2);

            await().until(() -> Files.exists(log()) && FlowLogFiles.decisionsIn(log()) == 2);
            assertThat(writer.lost()).isZero();
        }
    }

    @Test
    void withoutAggregationEveryRejectHasItsLine() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        try (FlowLogWriter writer = start(ring, Duration.ZERO)) {
            record(ring, REFUSED, 5);
            assertThat(writer.lost()).isZero();
        }

        assertThat(lines()).hasSize(5);
    }

    @Test
    void whatIsSwitchedOffIsNeitherWrittenNorLost() {
        FlowRing ring = ring(new FlowRing.Wanted(false, true, false));
        FlowLogWriter writer = start(ring, Duration.ZERO);
        record(ring, ACCEPTED, 100_000);
        record(ring, REFUSED, 1);
        writer.close();

        assertThat(lines()).extracting(line -> line.text("verdict")).containsExactly("REJECT");
        assertThat(writer.lost()).isZero();
    }

    @Test
    void aHangingDiskHoldsUpNobodyAndTheLossIsExact() throws IOException {
        assertThat(runAndWait("mkfifo", log().toString())).isZero();
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        int handedOver = 100_000;
        List<FlowLine> read;
        try (FlowLogWriter writer = start(ring, Duration.ZERO)) {
            record(ring, ACCEPTED, handedOver); // returns, though nobody reads the pipe
            assertThat(writer.lost()).isPositive();
            read = readUntil(handedOver);
        }

        assertThat(read.stream().mapToLong(FlowLine::decisions).sum()).isEqualTo(handedOver);
        assertThatTheSequenceHasNoGap(read);
    }

    /** Reads the pipe, as somebody who comes late, until so many decisions are accounted for. */
    private List<FlowLine> readUntil(long decisions) throws IOException {
        var text = new StringBuilder();
        long seen = 0;
        try (BufferedReader pipe = Files.newBufferedReader(log())) {
            while (seen < decisions) {
                String line = pipe.readLine();
                text.append(line).append('\n');
                seen += FlowLine.parse(line + "\n").get(0).decisions();
            }
        }
        return FlowLine.parse(text.toString());
    }

    @Test
    void aDiskThatIsFullForAWhileLosesOnlyWhatHadNoRoomAndSaysHowMuch() throws IOException {
        Files.createSymbolicLink(log(), Path.of("/dev/full"));
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        int handedOver = 50_000;
        try (FlowLogWriter writer = start(ring, Duration.ZERO)) {
            record(ring, ACCEPTED, handedOver);
            assertThat(writer.lost()).isPositive();
            Files.delete(log());
            await().until(() -> Files.exists(log()) && FlowLogFiles.decisionsIn(log()) == handedOver);
        }

        List<FlowLine> lines = lines();
        assertThat(lines).anySatisfy(line -> assertThat(line.number("lost")).isPositive());
        assertThatTheSequenceHasNoGap(lines);
    }

    @Test
    void overManyRotationsEveryDecisionIsThereOnce() {
        FlowRing ring = ring(FlowRing.Wanted.ALL);
        int handedOver = 60_000;
        try (FlowLogWriter writer = FlowLogWriter.start(
                List.of(ring), target(FlowLogFormat.JSON, Duration.ZERO, 1 << 20), FlowTap.NONE, null)) {
            for (int i = 0; i < handedOver; i += 500) {
                record(ring, ACCEPTED, 500);
                await().pollInterval(Duration.ofMillis(1)).until(ring::isEmpty);
            }
            assertThat(writer.lost()).isZero();
        }

        assertThat(directory.toFile().list()).hasSizeGreaterThan(5);
        assertThat(FlowLogFiles.linesOf(log()).stream()
                        .map(line -> line.number("seq"))
                        .collect(Collectors.toSet()))
                .hasSize(handedOver);
    }

    private static PacketView syn(int sequence) {
        byte[] packet = tcp("10.0.1.10", "10.0.2.10", 3306, "S");
        return Records.view(ByteBuffer.wrap(packet).putInt(24, sequence).array());
    }

    private static void accept(FlowRing ring, PacketView packet, int times) {
        for (int i = 0; i < times; i++) {
            ring.record(ACCEPTED, null, packet, Hook.INPUT, 1, 7);
        }
        ring.endOfBurst();
    }

    private static void assertRepeat(FlowLine line) {
        assertThat(line.text("repeat")).isEqualTo("true");
    }

    private static void assertThatTheSequenceHasNoGap(List<FlowLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).number("seq")).isEqualTo(i + 1);
        }
    }

    private static int runAndWait(String... command) throws IOException {
        return new ProcessBuilder(command).start().onExit().join().exitValue();
    }

    private static FlowRing ring(FlowRing.Wanted wanted) {
        return new FlowRing(1024, wanted, false, System::currentTimeMillis);
    }

    private static void record(FlowRing ring, Decision decision, int times) {
        for (int i = 0; i < times; i++) {
            ring.record(decision, null, MYSQL, Hook.INPUT, 1, 1);
            ring.endOfBurst();
        }
    }

    private FlowLogWriter start(FlowRing ring, Duration aggregate) {
        return FlowLogWriter.start(List.of(ring), target(FlowLogFormat.JSON, aggregate, 1 << 30), FlowTap.NONE, null);
    }

    private FlowLogTarget target(FlowLogFormat format, Duration aggregate, long rotateBytes) {
        return new FlowLogTarget(log(), format, "ab12cd34", "db.example", aggregate, rotateBytes, 1000);
    }

    private Path log() {
        return directory.resolve("flows.log");
    }

    private List<FlowLine> lines() {
        return FlowLogFiles.linesOf(log());
    }
}
