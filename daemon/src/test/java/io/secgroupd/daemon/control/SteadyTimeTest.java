package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {

    /** A host that starts in 1970, and whose clock is put right an hour later. */
    @Test
    void anAgeSurvivesAStepOfTheClock() {
        Instant started = Instant.EPOCH;
        Instant anHourLater = started.plus(Duration.ofHours(1));
        Instant stepped = Instant.parse("2026-11-28T10:00:00Z");

        Instant shown = SteadyTime.byTheWall(started, anHourLater, stepped);

        assertThat(Duration.between(shown, stepped)).isEqualTo(Duration.ofHours(1));
    }
}
