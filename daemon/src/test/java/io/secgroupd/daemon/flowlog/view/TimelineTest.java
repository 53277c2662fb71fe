package io.secgroupd.daemon.flowlog.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.flowlog.view.Tally.KeyCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets over time, from the first to the last, in rows that fit a screen. */
class TimelineTest {

    private static final long FIFTY_YEARS = 1_577_880_000_000L;
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Timeline timeline = new Timeline();

    @Property(tries = 300)
    void everyPacketIsInOneRow(
            @ForAll @NotEmpty @Size(max = 50) List<@LongRange(min = 0, max = FIFTY_YEARS) Long> times,
            @ForAll @IntRange(min = 1, max = 9) int packets) {
        Timeline all = new Timeline();
        times.forEach(time -> all.add(time, time % 2 == 0, packets));

        List<KeyCount> rows = all.rows();

        long even = times.stream().filter(time -> time % 2 == 0).count();
        assertThat(rows.stream().mapToLong(KeyCount::accepted).sum()).isEqualTo(even * packets);
        assertThat(rows.stream().mapToLong(KeyCount::rejected).sum()).isEqualTo((times.size() - even) * packets);
    }

    @Property(tries = 300)
    void aScreenHoldsAllRowsWhoseEndsAreNotEmpty(
            @ForAll @LongRange(min = 0, max = FIFTY_YEARS) long first,
            @ForAll @LongRange(min = 0, max = FIFTY_YEARS) long last) {
        Timeline all = new Timeline();
        all.add(first, true, 1);
        all.add(last, true, 1);

        List<KeyCount> rows = all.rows();

        assertThat(rows).hasSizeBetween(1, 12);
        assertThat(rows.get(0).packets()).isPositive();
        assertThat(rows.get(rows.size() - 1).packets()).isPositive();
    }

    @Test
    void nothingHasNoRows() {
        assertThat(timeline.rows()).isEmpty();
    }

    @Test
    void aQuietTimeHasARowOfItsOwn() {
        add(Duration.ZERO);
        add(Duration.ofSeconds(29));

        assertThat(timeline.rows())
                .containsExactly(
                        new KeyCount("12:00:00", 1, 0), new KeyCount("12:00:10", 0, 0), new KeyCount("12:00:20", 1, 0));
    }

    @ParameterizedTest
    @CsvSource({"PT1M50S, 12:00:00", "PT10M,   12:00", "PT23H,   12:00", "P5D,     11-24 12:00", "P11D,    2026-11-24"})
    void aRowIsNamedAsExactlyAsItsLengthAllows(Duration length, String name) {
        add(Duration.ZERO);
        add(length);

        assertThat(timeline.rows().get(0).key()).isEqualTo(name);
    }

    @Test
    void linesNeedNotBeInOrder() {
        add(Duration.ofSeconds(10));
        add(Duration.ZERO);
        add(Duration.ofSeconds(10));

        assertThat(timeline.rows()).extracting(KeyCount::packets).containsExactly(1L, 2L);
    }

    private void add(Duration after) {
        timeline.add(NOON.plus(after).toEpochMilli(), true, 1);
    }
}
