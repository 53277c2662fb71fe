package io.secgroupd.daemon.control;

import io.secgroupd.rules.pipeline.SoundPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices when rules of the policy in force expire. While any can, it looks at the wall clock twice a second, and at the
 * very moment when the next one ends: a clock that somebody sets, forwards or backwards, and a host that was suspended are
 * noticed too, which a timer until the end of a rule would not do.
 */
final class ExpiryClock implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final InstantSource wall;
    private final Runnable changed;
    private final Timers timers;
    /** Counts the policies, so that the looks after an earlier one end. */
    private final AtomicLong followed = new AtomicLong();

    /** @param changed called on a timer's thread when other rules live by now than the policy takes for living */
    ExpiryClock(InstantSource wall, Runnable changed, Timers timers) {
        this.wall = wall;
        this.changed = changed;
        this.timers = timers;
    }

    /** Looks after this policy from now on, instead of the one before. */
    void follow(SoundPolicy policy) {
        long number = followed.incrementAndGet();
        if (policy.expiries().last().isPresent()) {
            lookLater(policy, number, Duration.ZERO);
        }
    }

    private void lookLater(SoundPolicy policy, long number, Duration time) {
        timers.after(time, () -> look(policy, number));
    }

    private void look(SoundPolicy policy, long number) {
        if (number != followed.get()) {
            return;
        }
        Instant now = wall.instant();
        if (!policy.isSameAt(now)) {
            changed.run();
        }
        lookLater(policy, number, untilNext(policy, now));
    }

    private static Duration untilNext(SoundPolicy policy, Instant now) {
        return policy.expiries()
                .after(now)
                .map(end -> Duration.between(now, end))
                .filter(left -> left.compareTo(LOOK) < 0)
                .map(left -> left.plusMillis(1)) // a timer of milliseconds must not come before the end
                .orElse(LOOK);
    }

    @Override
    public void close() {
        followed.incrementAndGet();
    }
}
