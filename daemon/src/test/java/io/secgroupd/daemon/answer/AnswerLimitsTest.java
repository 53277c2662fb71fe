package io.secgroupd.daemon.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class AnswerLimitsTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;

    private final AnswerLimits limits = new AnswerLimits();

    @Test
    void aFloodFromOneSourceGetsHalfOfItsAnswersAtOnceAndTheOtherHalfWithinASecond() {
        assertThat(taken(1, 1000, 0)).isEqualTo(AnswerLimits.HALF_OF_SOURCE);

        long later = 0;
        for (long now = MILLI; now <= SECOND; now += MILLI) {
            later += taken(1, 1, now);
        }
        assertThat(later).isEqualTo(AnswerLimits.HALF_OF_SOURCE);
    }

    @Test
    void inNoSecondDoesASourceGetMoreThanAHundredAnswers() {
        var lately = new ArrayDeque<Long>();
        int most = 0;
        for (long now = 0; now < 5 * SECOND; now += MILLI) {
            boolean isSilent = now / (300 * MILLI) % 3 == 0; // a source that pauses gathers what it may have at once
            if (!isSilent && limits.take(0, 7, now)) {
                lately.addLast(now);
            }
            while (!lately.isEmpty() && lately.getFirst() <= now - SECOND) {
                lately.removeFirst();
            }
            most = Math.max(most, lately.size());
        }

        assertThat(most).isBetween(AnswerLimits.HALF_OF_SOURCE, 2 * AnswerLimits.HALF_OF_SOURCE);
    }

    @Test
    void aFloodFromManySourcesGetsNoMoreThanAllMayHave() {
        int taken = 0;
        for (int source = 0; source < 20_000; source++) {
            taken += taken(source, 1, 0);
        }

        assertThat(taken).isEqualTo(AnswerLimits.HALF_OF_ALL);
    }

    @Test
    void aSourceThatFloodsTakesNothingFromAnother() {
        taken(1, 1000, 0);

        assertThat(taken(2, 1, 0)).isEqualTo(1);
    }

    private int taken(long source, int packets, long now) {
        int taken = 0;
        for (int i = 0; i < packets; i++) {
            taken += limits.take(0, source, now) ? 1 : 0;
        }
        return taken;
    }
}
