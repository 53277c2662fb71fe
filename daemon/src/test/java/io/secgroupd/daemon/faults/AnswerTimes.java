package io.secgroupd.daemon.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** When a door answered: the longest time without an answer, and from the first answer to the last. */
final class AnswerTimes {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private long last = System.nanoTime();
    private long lastKnock = last;
    private long worstNanos;
    private long first;
    private long answers;

    /** Forgets what was until now. */
    synchronized void reset() {
        last = System.nanoTime();
        worstNanos = 0;
        answers = 0;
    }

    /** Both as System.nanoTime says them. */
    synchronized void answered(long knock, long now) {
        worstNanos = Math.max(worstNanos, now - last);
        first = answers == 0 ? now : first;
        last = now;
        lastKnock = Math.max(lastKnock, knock);
        answers++;
    }

    /** How long there was no answer, at the worst, until now. */
    synchronized Duration longestGap() {
        return Duration.ofNanos(Math.max(worstNanos, System.nanoTime() - last));
    }

    /** From the first answer to the last; nothing when there was none. */
    synchronized Duration open() {
        return answers == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(1_000_000, last - first));
    }

    synchronized long count() {
        return answers;
    }

    /** Waits until a knock is answered that is made from now on. */
    void awaitNext(String door) {
        long now = System.nanoTime();
        await("an answer from " + door)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> lastKnock() > now);
    }

    private synchronized long lastKnock() {
        return lastKnock;
    }
}
