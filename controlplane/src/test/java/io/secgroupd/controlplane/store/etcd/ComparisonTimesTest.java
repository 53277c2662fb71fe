package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComparisonTimesTest {

    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(10); // such a clock may run over

    private final ComparisonTimes times = new ComparisonTimes(START);

    @BeforeEach
    void theFirstIsDueAtOnce() {
        assertThat(times.isDue(false, START)).isTrue();
        times.made(START);
    }

    @Test
    void aWatchThatSaysNothingIsComparedAfterHalfAMinute() {
        assertThat(times.isDue(true, after(30))).isFalse();
        assertThat(times.isDue(true, after(31))).isTrue();
    }

    @Test
    void aWatchThatSpeaksHasItsWordsTakenFirst() {
        assertThat(times.isDue(false, after(31))).isFalse();
        assertThat(times.isDue(false, after(300))).isFalse();
    }

    @Test
    void aWatchThatNeverStopsSpeakingIsComparedAfterFiveMinutes() {
        assertThat(times.isDue(false, after(301))).isTrue();
    }

    @Test
    void eachComparisonBeginsTheTimeAnew() {
        times.made(after(40));

        assertThat(times.isDue(true, after(70))).isFalse();
        assertThat(times.isDue(true, after(71))).isTrue();
    }

    private static long after(long seconds) {
        return START + TimeUnit.SECONDS.toNanos(seconds);
    }
}
