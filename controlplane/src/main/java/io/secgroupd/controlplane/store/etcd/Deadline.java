package io.secgroupd.controlplane.store.etcd;

import java.time.Duration;

/** Until when one operation of the store may take. */
record Deadline(long nanos) {

    /** As long as a person, or a load balancer, waits for an answer without asking again. */
    private static final Duration OPERATION = Duration.ofSeconds(5);

    static Deadline start() {
        return new Deadline(System.nanoTime() + OPERATION.toNanos());
    }

    long restMillis() {
        return Math.max(0, (nanos - System.nanoTime()) / 1_000_000);
    }

    boolean isOver() {
        return restMillis() == 0;
    }
}
