package io.secgroupd.controlplane.fleet.host;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends what waits. Threads are not interrupted for that: an interrupt closes files that are being written, and a revision would
 * be halved.
 */
final class Stop {

    private final CountDownLatch stopped = new CountDownLatch(1);

    void stop() {
        stopped.countDown();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits, but not beyond the end. */
    void pause(Duration time) {
        try {
            boolean unused = stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop(); // nobody of ours interrupts; whoever does wants this to end
        }
    }
}
