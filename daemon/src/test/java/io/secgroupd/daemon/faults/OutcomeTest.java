package io.secgroupd.daemon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.faults.Promise.Counts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Promise PROMISE = Promise.gapOf(100);

    @Test
    void aRowHoldsWhoseDoorsAndCountersAreAsPromised() {
        assertThat(outcome(100, 0, 10, 10, 0).breaks(PROMISE)).isEmpty();
        assertThat(outcome(100, 0, 10, 10, 0).text()).contains("10 sent = 10 logged; 0 records lost  held");
    }

    @Test
    void aGapThatIsTooLongBreaksIt() {
        assertThat(outcome(101, 0, 10, 10, 0).breaks(PROMISE)).containsExactly("an open door let nobody in for 101 ms");
        assertThat(outcome(101, 0, 10, 10, 0).breaks(PROMISE.onAnyMachine())).isEmpty();
    }

    @Test
    void aShutDoorThatAnswersBreaksItOnAnyMachine() {
        assertThat(outcome(0, 1, 10, 10, 0).breaks(PROMISE.onAnyMachine()))
                .containsExactly("a shut door answered for 1 ms");
        assertThat(outcome(0, 1, 10, 10, 0).breaks(PROMISE.openFor(1))).isEmpty();
    }

    @Test
    void aPacketOfNoCauseBreaksItUnlessTheDaemonWasAway() {
        Outcome one = outcome(0, 0, 10, 9, 0);

        assertThat(one.breaks(PROMISE)).hasSize(1);
        assertThat(one.breaks(PROMISE.counting(Counts.AWAY))).isEmpty();
        assertThat(one.text())
                .contains("10 sent = 9 logged + 1 not judged; 0 records lost  BROKEN\n      the counters");
    }

    @Test
    void aPacketThatIsJudgedTwiceBreaksItAlsoWhenTheDaemonWasAway() {
        Outcome twice = outcome(0, 0, 10, 11, 0);

        assertThat(twice.breaks(PROMISE.counting(Counts.AWAY))).hasSize(1);
        assertThat(twice.breaks(PROMISE.counting(Counts.FREE))).isEmpty();
        assertThat(twice.text()).contains("10 sent = 11 logged - 1 judged again;");
    }

    @Test
    void aLostRecordBreaksItUnlessTheLogMayLoseSome() {
        Outcome lost = outcome(0, 0, 10, 9, 1);

        assertThat(lost.breaks(PROMISE)).hasSize(1);
        assertThat(lost.breaks(PROMISE.counting(Counts.EXACT_WITH_LOSS))).isEmpty();
    }

    private static Outcome outcome(int gap, int open, long sent, long recorded, long lost) {
        var figures =
                new Figures(Duration.ofMillis(gap), Duration.ofMillis(open), Duration.ZERO, sent, recorded, lost, 0, 0);
        return new Outcome(FaultRow.of(1, "row", "what", PROMISE, scene -> {}), figures, List.of());
    }
}
