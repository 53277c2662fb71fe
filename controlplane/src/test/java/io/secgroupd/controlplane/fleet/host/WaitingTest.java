package io.secgroupd.controlplane.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static DaemonState state(long refused, String start) {
        return new DaemonState("", Optional.empty(), refused, start);
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    @Test
    void eachWaitIsLongerUpToAMinute() {
        var backoff = new Backoff(PullTimes.DEFAULT, new Random(3));
        long step = 1_000;
        for (int i = 0; i < 10; i++) {
            assertThat(backoff.next().toMillis()).isBetween(step / 2, step);
            step = Math.min(60_000, step * 2);
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.none()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void onlyTheFirstLossOfAServerIsSpread() {
        var backoff = new Backoff(PullTimes.DEFAULT, new Random(3));
        backoff.reset();
        assertThat(backoff.lost()).isLessThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(backoff.lost()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void aLossThatComesLongAfterAnotherIsSpreadAgain() {
        Duration second = Duration.ofSeconds(1);
        var times =
                new PullTimes(Duration.ZERO, second, second, second, second, second, second, second, second, second);
        var backoff = new Backoff(times, new Random(3));
        assertThat(backoff.lost()).isZero();
        assertThat(backoff.lost()).isZero();
    }

    @Test
    void theMinuteBeforeIsThatOfTheNearestSample() {
        var refusals = new Refusals(Duration.ofMinutes(1));
        assertThat(refusals.before(state(100, "a"), seconds(0))).isEmpty();
        for (int i = 0; i < 10; i++) {
            refusals.note(state(i * 25L, "a"), seconds(i * 25L));
        }
        assertThat(refusals.before(state(240, "a"), seconds(240))).hasValue(60);
        assertThat(refusals.before(state(240, "b"), seconds(240))).isEmpty();
    }

    @Test
    void aShortTimeIsTakenForAMinuteAndAVeryShortOneForNothing() {
        var refusals = new Refusals(Duration.ofMinutes(1));
        refusals.note(state(0, "a"), 0);
        assertThat(refusals.before(state(10, "a"), seconds(10))).isEmpty();
        assertThat(refusals.before(state(10, "a"), seconds(30))).hasValue(20);
    }
}
