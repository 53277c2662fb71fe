package io.secgroupd.controlplane.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepMembersTest {

    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");
    private static final List<String> HOSTS =
            IntStream.range(0, 10_000).mapToObj(i -> "host" + i + ".example").toList();

    private static Rollout rollout(long serial, String steps, String... first) {
        var settings = new RolloutSettings(RolloutSettings.parseSteps(steps), List.of(first), Duration.ofSeconds(60));
        return Rollout.begin(serial, serial - 1, settings, NOW, "", "ann");
    }

    private static List<String> members(Rollout rollout, int step) {
        return HOSTS.stream()
                .filter(host -> StepMembers.isIn(rollout, host, step))
                .toList();
    }

    @Test
    void aStepReachesAboutAsManyHostsAsItSays() {
        Rollout rollout = rollout(5, "0.5%,10%,100%");

        assertThat(members(rollout, 0)).hasSizeBetween(25, 80);
        assertThat(members(rollout, 1)).hasSizeBetween(850, 1150);
        assertThat(members(rollout, 2)).hasSize(HOSTS.size());
    }

    @Test
    void eachStepReachesTheHostsOfTheStepsBefore() {
        Rollout rollout = rollout(5, "1%,10%,100%", "host1.example");

        for (int step = 1; step < 4; step++) {
            assertThat(members(rollout, step)).containsAll(members(rollout, step - 1));
        }
    }

    @Test
    void theFirstHostsAreAlone() {
        assertThat(members(rollout(5, "10%,100%", "host7.example", "host8.example"), 0))
                .containsExactly("host7.example", "host8.example");
    }

    @Test
    void theSameHostsAreFirstInEachRollout() {
        assertThat(members(rollout(6, "1%,100%"), 0)).isEqualTo(members(rollout(5, "1%,100%"), 0));
    }

    @Test
    void hostsOutsideTheStepsSoFarHaveTheRevisionBefore() {
        Rollout first = rollout(5, "50%,100%", "host7.example");

        assertThat(StepMembers.serialFor(first, "host7.example")).isEqualTo(5);
        assertThat(StepMembers.serialFor(first, "host9.example")).isEqualTo(4);
        assertThat(StepMembers.serialFor(first.halt("", NOW), "host7.example")).isEqualTo(5);
        assertThat(StepMembers.serialFor(first.next(NOW).next(NOW).next(NOW), "host9.example"))
                .isEqualTo(5);
    }
}
