package io.secgroupd.controlplane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No host is there that could try a revision first, as when a control server has just started. */
class BlindRolloutTest {

    private SteeredFleet fleet;
    private SteeredServer before;

    @BeforeEach
    void twoHostsHaveTheFirstRevision() throws IOException {
        fleet = new SteeredFleet("web1", "web2");
        before = fleet.start("before");
        fleet.pass(5);
        assertThat(before.rollout().stage()).as("nobody has ever been there").isEqualTo(Stage.DONE);
        before.joins("web1");
        before.joins("web2");
        before.takes("web1");
        before.takes("web2");
    }

    /** Its server ends, which nobody mends for ten minutes. */
    private SteeredServer afterAnOutage() throws IOException {
        fleet.end(before);
        fleet.pass(600);
        return fleet.start("after");
    }

    @Test
    void aRevisionWaitsForAHostThatTriesItFirst() throws IOException {
        SteeredServer after = afterAnOutage();
        fleet.publish(1);
        fleet.pass(3600);
        assertThat(after.rollout().serial()).isEqualTo(1);

        after.joins("web1");
        fleet.pass(3);

        assertThat(after.rollout().serial()).isEqualTo(2);
        assertThat(after.offers("web1")).isEqualTo(2);
        assertThat(after.offers("web2")).isEqualTo(1);
    }

    @Test
    void whatAllGetAtOnceDoesNotWait() throws IOException {
        SteeredServer after = afterAnOutage();
        fleet.publish(
                1, Optional.of(new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ZERO)));

        fleet.pass(1);

        assertThat(after.offers("web1")).isEqualTo(2);
    }

    @Test
    void theHostsOfAControlServerThatHasEndedAreWaitedForByAnother() throws IOException {
        SteeredServer other = fleet.start("other");
        fleet.pass(600);
        fleet.end(before);
        fleet.pass(40);
        fleet.publish(1);
        fleet.pass(10);
        assertThat(other.rollout().serial()).isEqualTo(1);

        other.joins("web2");
        fleet.pass(3);

        assertThat(other.offers("web2")).isEqualTo(2);
        assertThat(other.offers("web1")).isEqualTo(1);
    }

    @Test
    void anotherHostTriesItWhenTheFirstWasGoneAlreadyAndNobodyKnewYet() throws IOException {
        var first = new RolloutSettings(RolloutSettings.parseSteps("1%,100%"), List.of("web1"), Duration.ofSeconds(60));
        before.leaves("web1");
        fleet.pass(30);
        fleet.publish(1, Optional.of(first));
        fleet.pass(1);
        assertThat(before.rollout().settings()).isEqualTo(first);

        fleet.pass(1);

        assertThat(before.rollout().settings().first()).containsExactly("web1", "web2");
        assertThat(before.rollout().step()).isZero();
        assertThat(before.offers("web2")).isEqualTo(2);
    }

    @Test
    void afterTheClockWasSetForwardARevisionWaitsForTheHostsThatAreThere() throws IOException {
        fleet.pass(600);
        fleet.clock.setWall(Duration.ofHours(1).toMillis());
        fleet.publish(1);

        fleet.pass(3);

        assertThat(before.offers("web1") + before.offers("web2"))
                .as("one of them is first")
                .isEqualTo(2 + 1);
    }

    @Test
    void afterTheClockWasSetBackTheHostsOfAServerThatHasEndedAreWaitedForTheSame() throws IOException {
        SteeredServer other = fleet.start("other");
        fleet.pass(600);
        fleet.clock.setWall(-Duration.ofHours(1).toMillis());
        fleet.pass(2);
        fleet.end(before);
        fleet.pass(40);

        fleet.publish(1);
        fleet.pass(10);

        assertThat(other.rollout().serial()).isEqualTo(1);
    }
}
