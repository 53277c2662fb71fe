package io.secgroupd.controlplane.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");
    private static final RolloutSettings SETTINGS = new RolloutSettings(
            RolloutSettings.parseSteps("0.5%,100%"), List.of("web1", "web2"), Duration.ofSeconds(90));
    private static final Rollout BEGUN = Rollout.begin(12, 9, SETTINGS, NOW, "close \"port\" 25", "ann");

    @Test
    void itGoesStepByStepUntilItIsDone() {
        Rollout second = BEGUN.next(NOW.plusSeconds(1));
        Rollout third = second.next(NOW.plusSeconds(2));
        Rollout done = third.next(NOW.plusSeconds(3));

        assertThat(List.of(BEGUN.step(), second.step(), third.step(), done.step()))
                .containsExactly(0, 1, 2, 2);
        assertThat(List.of(third.stage(), done.stage())).containsExactly(Stage.RUNNING, Stage.DONE);
        assertThat(done.since()).isEqualTo(NOW.plusSeconds(3));
    }

    @Test
    void itIsUntriedInItsFirstStepUnlessThatIsTheLastToo() {
        var atOnce = new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ZERO);

        assertThat(BEGUN.isUntried()).isTrue();
        assertThat(BEGUN.next(NOW).isUntried()).isFalse();
        assertThat(Rollout.begin(12, 9, atOnce, NOW, "", "ann").isUntried()).isFalse();
    }

    @Test
    void itBeginsItsFirstStepAgainWithOtherHosts() {
        Rollout again = BEGUN.from(RolloutSettings.DEFAULT, NOW.plusSeconds(5));

        assertThat(again.step()).isZero();
        assertThat(again.since()).isEqualTo(NOW.plusSeconds(5));
        assertThat(again.settings()).isEqualTo(RolloutSettings.DEFAULT);
        assertThat(again.serial()).isEqualTo(BEGUN.serial());
    }

    @Test
    void whoResumesItAcceptsWhatTheHostsHaveSaid() {
        Rollout halted = BEGUN.next(NOW).halt("web1 has refused it", NOW.plusSeconds(5));
        Rollout resumed = halted.resume(NOW.plusSeconds(9));

        assertThat(halted.stage()).isEqualTo(Stage.HALTED);
        assertThat(halted.why()).isEqualTo("web1 has refused it");
        assertThat(resumed.stage()).isEqualTo(Stage.RUNNING);
        assertThat(resumed.step()).isEqualTo(1);
        assertThat(resumed.accepted()).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void oneThatIsUnderWayGoesOnUnderTheNextForHostsThatItDoesNotReach() {
        Rollout wide = BEGUN.next(NOW).next(NOW);
        Rollout newer = Rollout.begin(13, 0, SETTINGS, NOW, "", "ann").after(wide);

        assertThat(StepMembers.serialFor(newer, "web1")).isEqualTo(13);
        assertThat(StepMembers.serialFor(newer, "other")).isEqualTo(12);
        assertThat(newer.returnsTo()).isEqualTo(12);
        assertThat(newer.with(wide.next(NOW)).base()).isEqualTo(12);
        assertThat(newer.with(wide.next(NOW)).under()).isEmpty();
    }

    @Test
    void aStreamOfRevisionsLetsTheOldestEndThatItsFirstHostsHaveTried() {
        Rollout tried = BEGUN.next(NOW);
        Rollout second = Rollout.begin(13, 0, SETTINGS, NOW, "", "ann").after(tried);
        Rollout third = Rollout.begin(14, 0, SETTINGS, NOW, "", "ann").after(second);

        assertThat(third.under()).contains(tried);
        assertThat(third.base()).isEqualTo(9);
    }

    @Test
    void ofThoseThatNobodyHasTriedTheNewestIsReturnedTo() {
        Rollout second = Rollout.begin(13, 0, SETTINGS, NOW, "", "ann").after(BEGUN);
        Rollout third = Rollout.begin(14, 0, SETTINGS, NOW, "", "ann").after(second);

        assertThat(third.returnsTo()).isEqualTo(13);
        assertThat(third.base()).isEqualTo(9);
        assertThat(third.serials()).containsExactly(14L, 13L, 9L);
    }

    @Test
    void whatHasFailedIsNotWhatOthersGet() {
        Rollout failed = BEGUN.fail("web1 has refused it", NOW);
        Rollout next = Rollout.begin(13, 0, SETTINGS, NOW, "", "ann").after(failed);

        assertThat(next.base()).isEqualTo(9);
        assertThat(next.returnsTo()).isEqualTo(9);
        Rollout second = Rollout.begin(13, 0, SETTINGS, NOW, "", "ann").after(BEGUN);
        assertThat(second.failWithUnder("web2 is lost", NOW).returnsTo()).isEqualTo(9);
    }

    @Test
    void aSerialNeverGoesBack() {
        assertThatThrownBy(() -> Rollout.begin(9, 9, SETTINGS, NOW, "", "ann")).hasMessageContaining("greater");
    }

    @Test
    void itIsReadAsItWasWritten() throws IOException {
        Rollout halted = BEGUN.next(NOW).halt("two\nlines", NOW.plusMillis(5));
        Rollout plain = Rollout.begin(1, 0, RolloutSettings.DEFAULT, NOW, "", "ann");

        assertThat(RolloutJson.parse(RolloutJson.text(halted))).isEqualTo(halted);
        assertThat(RolloutJson.parse(RolloutJson.text(plain))).isEqualTo(plain);
        Rollout over = Rollout.begin(13, 0, SETTINGS, NOW, "", "ann").after(BEGUN);
        assertThat(RolloutJson.parse(RolloutJson.text(over))).isEqualTo(over);
    }

    @Test
    void whatWasDamagedIsNoRollout() {
        String text = RolloutJson.text(BEGUN);

        for (String damaged : List.of(
                text.replace("\"serial\":\"12\"", "\"serial\":\"2\""),
                text.replace("\"serial\":\"12\"", "\"serial\":\"twelve\""),
                text.replace("running", "walking"),
                text.replace("PT1M30S", "soon"),
                text.replace("\"step\":\"0\"", "\"step\":\"7\""),
                "")) {
            assertThatThrownBy(() -> RolloutJson.parse(damaged)).as(damaged).isInstanceOf(IOException.class);
        }
    }
}
