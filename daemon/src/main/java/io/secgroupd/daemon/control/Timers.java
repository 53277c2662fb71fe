package io.secgroupd.daemon.control;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tells the time that no setting of the host's clock moves, and does things later by it. */
interface Timers {

    /** Those of this process: tasks run on threads of their own. */
    Timers OF_PROCESS = new Timers() {
        @Override
        public Instant now() {
            return SteadyTime.now();
        }

        @Override
        public void after(Duration time, Runnable task) {
            CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(task);
        }
    };

    /** The time as {@link SteadyTime} counts it. */
    Instant now();

    /** Runs a task once, after this time in whole milliseconds. */
    void after(Duration time, Runnable task);
}
