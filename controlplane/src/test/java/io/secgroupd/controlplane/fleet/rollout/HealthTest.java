package io.secgroupd.controlplane.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.rollout.StepVerdict.Halt;
import io.secgroupd.controlplane.fleet.rollout.StepVerdict.Next;
import io.secgroupd.controlplane.fleet.rollout.StepVerdict.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Instant BEGIN = Instant.parse("2026-11-29T08:00:00Z");
    private static final RolloutSettings SETTINGS =
            new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of("a", "b"), Duration.ofSeconds(60));
    private static final Rollout ROLLOUT = Rollout.begin(12, 9, SETTINGS, BEGIN, "", "ann");

    private static Instant at(int seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    private static HostState host(String name, long inForce, long refused, int changed, int seen, boolean connected) {
        return new HostState(
                name,
                inForce,
                0,
                refused,
                0,
                refused == 0 ? "" : "rules.yaml:3: no.",
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                at(changed),
                at(-900),
                at(seen),
                connected,
                "s1",
                "0.1.0");
    }

    private static HostState well(String name, int changed) {
        return host(name, 12, 0, changed, changed, true);
    }

    private static HostState behind(String name) {
        return host(name, 9, 0, -500, 1, true);
    }

    private static HostState counted(String name, int changed, long before, OptionalLong after) {
        HostState state = well(name, changed);
        return new HostState(
                name,
                12,
                0,
                0,
                0,
                "",
                false,
                OptionalLong.of(before),
                after,
                state.changed(),
                state.joined(),
                state.seen(),
                true,
                "s1",
                "0.1.0");
    }

    private static StepVerdict judge(int seconds, HostState... hosts) {
        return Health.judge(ROLLOUT, List.of(hosts), at(seconds));
    }

    private static String haltAt(int seconds, HostState... hosts) {
        StepVerdict verdict = judge(seconds, hosts);
        assertThat(verdict).isInstanceOf(Halt.class);
        return ((Halt) verdict).why();
    }

    @Test
    void hostsThatDoNotHaveItYetAreWaitedFor() {
        StepVerdict verdict = judge(40, well("a", 5), behind("b"));

        assertThat(verdict).isInstanceOf(Wait.class);
        assertThat(((Wait) verdict).why()).startsWith("1 of 2 connected hosts");
    }

    @Test
    void aStepIsHeldSinceTheLastHostGotIt() {
        assertThat(judge(79, well("a", 5), well("b", 20))).isInstanceOf(Wait.class);
        assertThat(judge(80, well("a", 5), well("b", 20))).isEqualTo(new Next());
    }

    @Test
    void aStepThatReachesNoFurtherHostIsNotHeld() {
        assertThat(judge(1)).isEqualTo(new Next());
        assertThat(judge(1, well("a", -60))).isEqualTo(new Next());
        assertThat(judge(1, well("a", -58))).isInstanceOf(Wait.class);
    }

    @Test
    void hostsOfOtherStepsDoNotMatter() {
        assertThat(judge(80, well("a", 5), host("c", 0, 12, 8, 8, true))).isEqualTo(new Next());
    }

    @Test
    void aHostThatRefusesItHaltsIt() {
        assertThat(haltAt(10, well("a", 5), host("b", 9, 12, 8, 8, true)))
                .isEqualTo("b has refused revision 12: rules.yaml:3: no.");
    }

    @Test
    void aHostThatRefusedAnotherRevisionDoesNot() {
        assertThat(judge(80, well("a", 5), host("b", 12, 11, 8, 8, true))).isEqualTo(new Next());
    }

    @Test
    void whoResumedItAfterARefusalIsNotStoppedByIt() {
        List<HostState> hosts = List.of(well("a", 5), host("b", 9, 12, 8, 30, true), host("c", 9, 0, 0, 0, true));
        Rollout resumed = ROLLOUT.halt("b has refused it", at(9)).resume(at(20));

        assertThat(Health.judge(resumed, hosts, at(64))).isInstanceOf(Wait.class);
        assertThat(Health.judge(resumed, hosts, at(65))).isEqualTo(new Next());
    }

    @Test
    void aHostThatRefusesItAfterThatHaltsItAgain() {
        Rollout resumed = ROLLOUT.halt("", at(9)).resume(at(20));

        assertThat(Health.judge(resumed, List.of(host("b", 9, 12, 30, 30, true)), at(31)))
                .isInstanceOf(Halt.class);
    }

    @Test
    void aHostThatIsLostDuringTheStepHaltsIt() {
        HostState gone = host("b", 9, 0, -500, 3, false);

        assertThat(judge(48, well("a", 5), gone)).isInstanceOf(Wait.class);
        assertThat(haltAt(49, well("a", 5), gone))
                .startsWith("b is lost: it was last heard of at 2026-11-29T08:00:03Z");
    }

    @Test
    void theOnlyHostThatHasItOnOfferIsWaitedForWhenItIsGone() {
        assertThat(judge(40, host("a", 9, 0, -500, 1, false))).isInstanceOf(Wait.class);
        assertThat(haltAt(47, host("a", 9, 0, -500, 1, false))).startsWith("a is lost");
    }

    @Test
    void aHostThatHasItAndIsGoneIsWaitedForToo() {
        assertThat(judge(66, host("a", 12, 0, 5, 25, false))).isInstanceOf(Wait.class);
    }

    @Test
    void aHostThatOnlyCountedAsConnectedWhenTheStepBeganIsLostToo() {
        assertThat(judge(24, host("a", 9, 0, -500, -20, false))).isInstanceOf(Wait.class);
        assertThat(haltAt(26, host("a", 9, 0, -500, -20, false))).startsWith("a is lost");
    }

    @Test
    void aHostThatWasAwayBeforeIsNotWaitedFor() {
        assertThat(judge(80, well("a", 5), host("b", 9, 0, -500, -31, false))).isEqualTo(new Next());
    }

    @Test
    void aHostThatHasItOnOfferForTooLongHaltsIt() {
        assertThat(judge(45, behind("b"))).isInstanceOf(Wait.class);
        assertThat(haltAt(46, behind("a"), behind("b"))).startsWith("a is slow").endsWith("One more host is so.");
    }

    @Test
    void aHostThatConnectsLateHasItsTime() {
        HostState late = new HostState(
                "b",
                9,
                0,
                0,
                0,
                "",
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                at(-500),
                at(100),
                at(150),
                true,
                "s1",
                "0.1.0");

        assertThat(judge(145, late)).isInstanceOf(Wait.class);
        assertThat(judge(146, late)).isInstanceOf(Halt.class);
    }

    @Test
    void moreThanTwiceTheRefusalsHaltIt() {
        assertThat(haltAt(70, counted("a", 5, 20, OptionalLong.of(41))))
                .isEqualTo("a refused 41 packets in the first minute of revision 12, and 20 in the minute before.");
        assertThat(judge(70, counted("a", 5, 20, OptionalLong.of(40)))).isEqualTo(new Next());
    }

    @Test
    void aFewMoreRefusalsAreChance() {
        assertThat(judge(70, counted("a", 5, 0, OptionalLong.of(20)))).isEqualTo(new Next());
        assertThat(judge(70, counted("a", 5, 0, OptionalLong.of(21)))).isInstanceOf(Halt.class);
    }

    @Test
    void refusalsThatWereKnownWhenItWasResumedDoNotHaltItAgain() {
        List<HostState> hosts = List.of(counted("a", 5, 0, OptionalLong.of(900)));
        Rollout halted = ROLLOUT.halt("", at(66));

        assertThat(Health.judge(halted.resume(at(66)), hosts, at(126))).isEqualTo(new Next());
        assertThat(Health.judge(halted.resume(at(64)), hosts, at(126))).isInstanceOf(Halt.class);
    }

    @Test
    void theFirstMinuteOfEachHostIsWaitedForUntilItWouldBeMissedIfItWereGone() {
        HostState counting = counted("a", 5, 0, OptionalLong.empty());

        assertThat(judge(110, counting)).isInstanceOf(Wait.class);
        assertThat(judge(111, counting)).isEqualTo(new Next());
    }
}
