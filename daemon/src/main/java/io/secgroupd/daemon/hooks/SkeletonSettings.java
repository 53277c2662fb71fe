package io.secgroupd.daemon.hooks;

import io.secgroupd.daemon.terms.JudgedHooks;

/**
 * The operator's choices for the skeleton.
 *
 * @param judged the hooks at which packets are judged
 * @param firstQueue the number of the first netfilter queue, 0–65534
 * @param queueCount how many queues share the work, from 1; they are numbered from {@code firstQueue}, and one more after
 * them is for packets that are out of connection tracking
 * @param bypass whether to accept first packets while no program reads the queue; otherwise the kernel drops them
 * @param cutMark the one bit of the conntrack mark that says "this connection is cut"; {@link #NO_MARK} when none is ever
 * cut: then no mark that another program sets can stop a connection
 * @param observe whether to drop nothing, whatever the other settings say
 * @param answers whether the daemon answers refused packets, so that its answers are to be let out
 */
public record SkeletonSettings(
        JudgedHooks judged,
        int firstQueue,
        int queueCount,
        boolean bypass,
        int cutMark,
        boolean observe,
        boolean answers) {

    /** A high bit, because marks set by hand are small numbers, and container networks use bits 8-19. */
    public static final int DEFAULT_CUT_MARK = 0x4000_0000;

    public static final int NO_MARK = 0;

    /** The mark of the daemon's answers to refused packets, which it is to send them with. */
    public static final int ANSWER_MARK = 0x5ec8_0000;

    private static final int MAX_QUEUE = 65535;

    /** Both directions of the host itself, one queue, closed without a listener, connections kept. */
    public static final SkeletonSettings DEFAULT = new SkeletonSettings(JudgedHooks.HOST, 4700, 1, false, NO_MARK);

    public SkeletonSettings {
        if (firstQueue < 0 || queueCount < 1 || firstQueue + queueCount > MAX_QUEUE) {
            throw new IllegalArgumentException(
                    queueCount + " queues from " + firstQueue + ", and one more, do not fit into 0-" + MAX_QUEUE);
        }
        if (Integer.bitCount(cutMark) > 1) {
            throw new IllegalArgumentException(
                    "the cut mark must be a single bit, not 0x" + Integer.toHexString(cutMark));
        }
    }

    /** Makes the settings of a host that enforces its rules. */
    public SkeletonSettings(JudgedHooks judged, int firstQueue, int queueCount, boolean bypass, int cutMark) {
        this(judged, firstQueue, queueCount, bypass, cutMark, false);
    }

    /** Makes the settings of a host that keeps silent. */
    public SkeletonSettings(
            JudgedHooks judged, int firstQueue, int queueCount, boolean bypass, int cutMark, boolean observe) {
        this(judged, firstQueue, queueCount, bypass, cutMark, observe, false);
    }

    int lastQueue() {
        return firstQueue + queueCount - 1;
    }

    /** The number of the queue for packets that are out of connection tracking. */
    int untrackedQueue() {
        return firstQueue + queueCount;
    }

    boolean cuts() {
        return cutMark != NO_MARK && !observe;
    }

    /** Reports whether first packets pass while no program reads the queue. */
    public boolean opensWithoutListener() {
        return bypass || observe;
    }
}
