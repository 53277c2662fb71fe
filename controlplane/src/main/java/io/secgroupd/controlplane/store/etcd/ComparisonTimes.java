package io.secgroupd.controlplane.store.etcd;

import java.util.concurrent.TimeUnit;

/**
 * When what a watch has told is compared with what is there. To compare the records of ten thousand hosts takes a second on a busy
 * machine, and what the watch says meanwhile has to wait; so it is not done while the watch speaks, which is also when a watch is
 * certainly not dead.
 */
final class ComparisonTimes {

    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** For a watch that is never silent. */
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(5);

    private long last;

    /**
     * The first comparison is due at once.
     *
     * @param nowNanos of a clock that is never set
     */
    ComparisonTimes(long nowNanos) {
        last = nowNanos - MOST_NANOS - 1;
    }

    /** @param silent whether the watch has said nothing for some seconds */
    boolean isDue(boolean silent, long nowNanos) {
        return nowNanos - last > (silent ? SILENT_NANOS : MOST_NANOS);
    }

    void made(long nowNanos) {
        last = nowNanos;
    }
}
