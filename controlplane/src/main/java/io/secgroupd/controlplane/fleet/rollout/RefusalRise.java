package io.secgroupd.controlplane.fleet.rollout;

import java.time.Duration;

/** Compares the packets that a host refuses before and after a revision: a rule that is missing there shows in them. */
final class RefusalRise {

    /** How long they are counted, before and after. */
    static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * How long it may take until a host has told of its first minute when that is over: one that is gone since, or whose control
     * server is, still counts as connected for a while, and is missed by then.
     */
    static final Duration REPORT_WITHIN = Health.GRACE.plusSeconds(15);

    private static final long TIMES = 2;

    /** A host that refuses next to nothing may refuse a few more by chance. */
    private static final long AT_LEAST = 20;

    private RefusalRise() {}

    /** Whether they have risen more than chance does it. */
    static boolean haveRisen(HostState host) {
        if (host.refusedBefore().isEmpty() || host.refusedAfter().isEmpty()) {
            return false;
        }
        long before = host.refusedBefore().getAsLong();
        long after = host.refusedAfter().getAsLong();
        return after > TIMES * before && after - before > AT_LEAST;
    }

    /** Whether a host has yet to tell of its first minute. */
    static boolean areAwaited(HostState host, long serial) {
        return host.inForce() == serial
                && host.refusedBefore().isPresent()
                && host.refusedAfter().isEmpty();
    }

    static String sentence(HostState host, long serial) {
        return host.host() + " refused " + host.refusedAfter().orElse(0) + " packets in the first minute of revision "
                + serial + ", and " + host.refusedBefore().orElse(0) + " in the minute before.";
    }
}
