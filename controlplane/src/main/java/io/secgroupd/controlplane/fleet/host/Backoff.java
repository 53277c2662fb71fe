package io.secgroupd.controlplane.fleet.host;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a failure: longer after each, and never as long as another host that has seen the same one. */
final class Backoff {

    private final PullTimes times;
    private final RandomGenerator random;
    private Duration next;
    private boolean well;
    private long lostAt = System.nanoTime();

    Backoff(PullTimes times, RandomGenerator random) {
        this.times = times;
        this.random = random;
        this.next = times.least();
    }

    /** The wait after one more failure: between half of the step and the whole. */
    Duration next() {
        well = false;
        Duration step = next;
        Duration doubled = step.multipliedBy(2);
        next = doubled.compareTo(times.most()) < 0 ? doubled : times.most();
        return jittered(step.dividedBy(2));
    }

    /**
     * The wait after a server was lost: the first time, any that is shorter than the spread. It is the first time too when the
     * host has waited for news for longer than that, which need not have come.
     */
    Duration lost() {
        long now = System.nanoTime();
        boolean first = well || now - lostAt > 2 * times.spread().toNanos();
        well = false;
        lostAt = now;
        return first ? Duration.ofMillis(random.nextLong(times.spread().toMillis() + 1)) : next();
    }

    /** The wait after an answer that says that there is nothing yet. */
    Duration none() {
        return jittered(times.none());
    }

    /** At least so long, and at most twice as long. */
    Duration jittered(Duration least) {
        return least.plusMillis(random.nextLong(least.toMillis() + 1));
    }

    /** All is well again. */
    void reset() {
        well = true;
        next = times.least();
    }
}
