package io.secgroupd.daemon.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of a capture, by which flows end: a damaged one must end none. */
class CaptureClockTest {

    private static final long TODAY = 1_795_521_600_000L;
    private static final long DAY = 86_400_000;

    private final CaptureClock clock = new CaptureClock(() -> TODAY);

    @Property
    void timeNeverGoesBackAndIsNeverLaterThanTomorrow(@ForAll List<Long> seconds, @ForAll List<Long> micros) {
        var any = new CaptureClock(() -> TODAY);
        long before = 0;
        for (int i = 0; i < Math.min(seconds.size(), micros.size()); i++) {
            long now = any.millis(seconds.get(i), micros.get(i));

            assertThat(now).isBetween(before, TODAY + DAY);
            before = now;
        }
    }

    @Property
    void aSoundTimeIsTakenToTheMillisecond(
            @ForAll @LongRange(max = TODAY / 1000) long second, @ForAll @LongRange(max = 999_999) long micros) {
        var fresh = new CaptureClock(() -> TODAY);

        assertThat(fresh.millis(second, micros)).isEqualTo(second * 1000 + micros / 1000);
        assertThat(fresh.unsound()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-1,                  0",
        "1795521600,          1000000",
        "1795521600,          -1",
        "1795695000,          0", // two days ahead
        "9223372036854775807, 0",
        "1795521500,          0" // far behind the one before
    })
    void anImpossibleTimeCountsAsTheLatestSoundOne(long seconds, long micros) {
        clock.millis(TODAY / 1000, 0);

        assertThat(clock.millis(seconds, micros)).isEqualTo(TODAY);
        assertThat(clock.unsound()).isEqualTo(1);
    }

    @Test
    void aLittleOutOfOrderIsNoFault() {
        clock.millis(TODAY / 1000, 0);

        assertThat(clock.millis(TODAY / 1000 - 1, 0)).isEqualTo(TODAY);
        assertThat(clock.unsound()).isZero();
    }

    @Test
    void afterAnImpossibleTimeTheNextSoundOneIsTaken() {
        clock.millis(Long.MAX_VALUE, 0);

        assertThat(clock.millis(TODAY / 1000, 5_000)).isEqualTo(TODAY + 5);
    }
}
