package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.flowlog.Records.NOON;
import static io.secgroupd.daemon.flowlog.Records.REFUSED;
import static io.secgroupd.daemon.flowlog.Records.record;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RejectTableTest {

    private static final long WINDOW = 10_000;

    private final List<String> written = new ArrayList<>();

    @Test
    void theFirstIsWrittenAtOnceAndThoseThatFollowWithinTheWindowBecomeOne() {
        RejectTable table = table(16, 0);
        table.add(reject(NOON, "198.51.100.7", 40000, 3306));
        assertThat(written).containsExactly("198.51.100.7:40000 > 3306 x1");

        table.add(reject(NOON + 400, "198.51.100.7", 40001, 3306));
        table.add(reject(NOON + 9_999, "198.51.100.7", 40002, 3306));
        writeExpired(table, NOON + 9_999);
        assertThat(written).hasSize(1);

        writeExpired(table, NOON + 10_000);
        assertThat(written).containsExactly("198.51.100.7:40000 > 3306 x1", "198.51.100.7:40001 > 3306 x2");
    }

    @Test
    void afterTheWindowAnEqualRejectIsTheFirstAgain() {
        RejectTable table = table(16, 0);
        table.add(reject(NOON, "198.51.100.7", 40000, 3306));
        writeExpired(table, NOON + WINDOW);
        assertThat(written).hasSize(1);

        table.add(reject(NOON + WINDOW, "198.51.100.7", 40001, 3306));

        assertThat(written).containsExactly("198.51.100.7:40000 > 3306 x1", "198.51.100.7:40001 > 3306 x1");
    }

    @Test
    void whatIsGatheredSaysWhenItHappened() {
        RejectTable table = table(16, 0);
        table.add(reject(NOON, "198.51.100.7", 40000, 3306));
        table.add(reject(NOON + 400, "198.51.100.7", 40001, 3306));
        table.add(reject(NOON + 700, "198.51.100.7", 40002, 3306));

        FlowRecord gathered = Objects.requireNonNull(table.pollExpired(NOON + WINDOW));

        assertThat(gathered.firstMillis()).isEqualTo(NOON + 400);
        assertThat(gathered.lastMillis()).isEqualTo(NOON + 700);
    }

    @Test
    void anAttemptThatACandidateWouldAcceptIsAnotherOneThanBefore() {
        RejectTable table = table(16, 0);
        byte[] packet = tcp("198.51.100.7", "10.0.2.10", 3306, "S");
        table.add(record(NOON, REFUSED, packet));
        table.add(Records.shadowed(NOON, REFUSED, Records.ACCEPTED, packet));
        table.add(Records.shadowed(NOON, REFUSED, Records.ACCEPTED, packet));
        assertThat(written).containsExactly("198.51.100.7:40000 > 3306 x1", "198.51.100.7:40000 > 3306 x1");

        FlowRecord gathered = Objects.requireNonNull(table.pollExpired(NOON + WINDOW));
        assertThat(gathered.candidate()).isEqualTo(Records.ACCEPTED);
        assertThat(gathered.packets()).isEqualTo(1);
    }

    @Test
    void anotherSourcePortOrReasonIsAnotherAttempt() {
        RejectTable table = table(16, 0);
        table.add(reject(NOON, "198.51.100.7", 40000, 3306));
        table.add(reject(NOON, "198.51.100.8", 40000, 3306));
        table.add(reject(NOON, "198.51.100.7", 40000, 3307));
        Decision noGroups = Decision.reject(Direction.INGRESS, Reason.NO_GROUPS, "orders-1");
        table.add(record(NOON, noGroups, tcp("198.51.100.7", "10.0.2.10", 3306, "S")));

        assertThat(written)
                .containsExactly(
                        "198.51.100.7:40000 > 3306 x1",
                        "198.51.100.8:40000 > 3306 x1",
                        "198.51.100.7:40000 > 3307 x1",
                        "198.51.100.7:40000 > 3306 x1");
    }

    @Test
    void aFullTableEndsItsOldestWindowEarly() {
        RejectTable table = table(2, 1);
        table.add(reject(NOON, "198.51.100.7", 40000, 1));
        table.add(reject(NOON, "198.51.100.7", 40000, 2));
        table.add(reject(NOON, "198.51.100.7", 40001, 1));
        table.add(reject(NOON, "198.51.100.7", 40000, 3));

        assertThat(written)
                .containsExactly(
                        "198.51.100.7:40000 > 1 x1",
                        "198.51.100.7:40000 > 2 x1",
                        "198.51.100.7:40001 > 1 x1",
                        "198.51.100.7:40000 > 3 x1");
        assertThat(table.lost()).isZero();
    }

    @Test
    void aFloodFromForgedSourcesIsABoundedNumberOfLinesAndTheRestIsCounted() {
        RejectTable table = table(100, 50);
        var random = new Random(1);
        int rejects = 20_000;
        for (int i = 0; i < rejects; i++) {
            String source = "198.51." + random.nextInt(100) + "." + random.nextInt(200);
            table.add(reject(NOON, source, 40000, 3306));
        }
        writeExpired(table, Long.MAX_VALUE);

        assertThat(written.stream().filter(line -> line.endsWith(" x1"))).hasSizeGreaterThanOrEqualTo(150);
        assertThat(written).hasSizeLessThanOrEqualTo(300);
        long packets = written.stream()
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* x", "")))
                .sum();
        assertThat(packets + table.lost()).isEqualTo(rejects);
    }

    @Test
    void aClockThatIsSetBackHoldsNothingForEver() {
        RejectTable table = table(16, 0);
        table.add(reject(NOON, "198.51.100.7", 40000, 3306));

        table.add(reject(NOON, "198.51.100.7", 40001, 3306));

        writeExpired(table, NOON - 3_600_000);

        assertThat(written).hasSize(2);
    }

    @Test
    void theBudgetGrowsAgainWithTime() {
        var budget = new LineBudget(2, 10);

        assertThat(List.of(budget.take(NOON), budget.take(NOON), budget.take(NOON)))
                .containsExactly(true, true, false);
        assertThat(budget.take(NOON + 99)).isFalse();
        assertThat(budget.take(NOON + 200)).isTrue();
    }

    private RejectTable table(int capacity, int early) {
        return new RejectTable(capacity, WINDOW, new LineBudget(early, 0), this::write, this::write);
    }

    private static FlowRecord reject(long millis, String source, int sourcePort, int port) {
        return record(millis, REFUSED, tcp(source, sourcePort, "10.0.2.10", port, "S"));
    }

    private void write(FlowRecord record) {
        written.add(record.source() + ":" + record.sourcePort() + " > " + record.destinationPort() + " x"
                + record.packets());
    }

    private void writeExpired(RejectTable table, long now) {
        FlowRecord record;
        while ((record = table.pollExpired(now)) != null) {
            write(record);
        }
    }
}
