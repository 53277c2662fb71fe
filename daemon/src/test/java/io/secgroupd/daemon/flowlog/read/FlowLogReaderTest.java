package io.secgroupd.daemon.flowlog.read;

import static io.secgroupd.daemon.flowlog.read.LogText.accept;
import static io.secgroupd.daemon.flowlog.read.LogText.append;
import static io.secgroupd.daemon.flowlog.read.LogText.gzip;
import static io.secgroupd.daemon.flowlog.read.LogText.lost;
import static io.secgroupd.daemon.flowlog.read.LogText.reject;
import static io.secgroupd.daemon.flowlog.read.LogText.vpcAccept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything that was written is read once and in order, and what is no line is counted and named. */
class FlowLogReaderTest extends ReaderFixture {

    @Test
    void oldFilesComeFirstCompressedOrNotInEitherFormat() throws IOException {
        gzip(directory.resolve("flows.10.log.gz"), accept(1) + accept(2));
        gzip(directory.resolve("flows.2.log.gz"), vpcAccept(3) + vpcAccept(4));
        append(directory.resolve("flows.1.log"), accept(5) + vpcAccept(6));
        append(log, accept(7));
        append(directory.resolve("flows-other.log"), accept(99));

        readAll(new FlowFilter());

        assertThat(read.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(damage.take()).isEmpty();
    }

    @Test
    void aFileThatIsBeingCompressedIsReadOnce() throws IOException {
        append(directory.resolve("flows.1.log"), accept(1) + accept(2));
        gzip(directory.resolve("flows.1.log.gz"), accept(1) + accept(2));
        append(log, accept(3));

        readAll(new FlowFilter());

        assertThat(read.numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void damagedLinesAreNamedAndNeverFatal() throws IOException {
        append(log, accept(1) + "{\"time\":\n" + "\0\0\0\n\n" + accept(2).replace("ACCEPT", "PERHAPS") + accept(3));
        append(log, "2 db.example half of a VPC line\n" + accept(4).substring(0, 100));

        readAll(new FlowFilter());

        assertThat(read.numbers()).containsExactly(1L, 3L);
        assertThat(damage.take())
                .containsExactly(
                        log + ":2: damaged or half-written line",
                        log + ":3: damaged or half-written line",
                        log + ":4: damaged or half-written line",
                        log + ":5: damaged or half-written line",
                        log + ":7: damaged or half-written line",
                        log + ":8: damaged or half-written line");
    }

    @Test
    void manyDamagedLinesAreCounted() throws IOException {
        append(log, "what?\n".repeat(1000) + accept(1));

        readAll(new FlowFilter());

        assertThat(read.numbers()).containsExactly(1L);
        assertThat(damage.take()).hasSize(11).last().isEqualTo("and 990 more lines that cannot be read");
    }

    @Test
    void aCompressedFileThatIsCutOffIsReadAsFarAsItGoes() throws IOException {
        Path cut = directory.resolve("flows.1.log.gz");
        gzip(cut, accept(1) + accept(2));
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 12));
        append(log, accept(3));

        readAll(new FlowFilter());

        assertThat(read.numbers()).contains(1L, 3L);
        assertThat(damage.take()).singleElement().asString().contains(cut + ":", "cannot be read");
    }

    @Test
    void aLastLineWithoutItsEndCounts() throws IOException {
        append(log, accept(1) + accept(2).strip());

        readAll(new FlowFilter());

        assertThat(read.numbers()).containsExactly(1L, 2L);
        assertThat(damage.take()).isEmpty();
    }

    @Test
    void foreignOrderBlanksEscapesAndFurtherFieldsAreRead() throws IOException {
        append(log, """
                { "packets": 3, "verdict": "REJECT", "instance": "orders\\u002d1", "more": {"x": [1]}, \
                "seq": 1, "src": "10.0.1.10", "time": "2026-11-24T13:00:00+01:00" }
                """);

        readAll(new FlowFilter().instance(List.of("orders-1")).source(List.of(range("10.0.0.0/8"))));

        assertThat(read.numbers()).containsExactly(1L);
    }

    @Test
    void linesLongerThanAnyBufferAreRead() throws IOException {
        String longName = "x".repeat(600_000);
        append(log, accept(1) + accept(2).replace("sgr-mysql", longName) + accept(3));

        readAll(new FlowFilter().rule(List.of(longName)));

        assertThat(read.numbers()).containsExactly(2L);
    }

    @Test
    void everyConditionHolds() throws IOException {
        append(log, accept(1) + reject(2, 5) + accept(3).replace("tcp", "udp").replace("orders-1", "web"));

        assertThat(numbers(new FlowFilter().accepted(false))).containsExactly(2L);
        assertThat(numbers(new FlowFilter().accepted(true))).containsExactly(1L, 3L);
        assertThat(numbers(new FlowFilter().source(List.of(range("10.0.1.10")))))
                .containsExactly(1L, 3L);
        assertThat(numbers(new FlowFilter().source(List.of(range("10.0.0.0/24"), range("2001:db8:ffff::/48")))))
                .containsExactly(2L);
        assertThat(numbers(new FlowFilter().destination(List.of(range("2001:db8:2::10")))))
                .containsExactly(2L);
        assertThat(numbers(new FlowFilter().port(List.of(new PortRange(20, 25)))))
                .containsExactly(2L);
        assertThat(numbers(new FlowFilter().protocol(List.of(Protocol.UDP)))).containsExactly(3L);
        assertThat(numbers(new FlowFilter().group(List.of("sg-db")))).containsExactly(1L, 3L);
        assertThat(numbers(new FlowFilter().rule(List.of("sgr-other")))).isEmpty();
        assertThat(numbers(new FlowFilter().instance(List.of("web", "app")))).containsExactly(3L);
        assertThat(numbers(new FlowFilter().group(List.of("sg-db")).instance(List.of("orders-1"))))
                .containsExactly(1L);
        assertThat(numbers(new FlowFilter().between(noonAnd(2), noonAnd(2)))).containsExactly(2L);
    }

    @Test
    void whatIsMissingPassesEveryConditionButTheTimes() throws IOException {
        append(log, accept(1) + lost(2, 70) + lost(300, 5));

        assertThat(numbers(new FlowFilter().accepted(false).between(noonAnd(0), noonAnd(60))))
                .containsExactly(2L);
    }

    @Test
    void oldFilesFromBeforeTheTimesAreNotOpened() throws IOException {
        Path old = directory.resolve("flows.1.log");
        append(old, accept(1));
        Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2026-11-24T12:00:05Z")));
        append(log, accept(70));

        assertThat(numbers(new FlowFilter().between(noonAnd(60), Long.MAX_VALUE)))
                .containsExactly(70L);
    }

    @Test
    void noFileAtAllIsSaid() {
        assertThatThrownBy(() -> readAll(new FlowFilter())).isInstanceOf(NoSuchFileException.class);
    }

    private List<Long> numbers(FlowFilter filter) throws IOException {
        read.numbers().clear();
        readAll(filter);
        return List.copyOf(read.numbers());
    }

    private void readAll(FlowFilter filter) throws IOException {
        new FlowLogReader(log, filter, read, damage).readAll();
    }

    private static long noonAnd(int seconds) {
        return Instant.parse("2026-11-24T12:00:00Z").toEpochMilli() + seconds * 1000L;
    }

    private static AddressRange range(String text) {
        try {
            return AddressText.parse(text).range();
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
