package io.secgroupd.daemon.hooks;

/**
 * What the operator may choose about the skeleton.
 *
 * @param input      judge what comes to this host
 * @param output     judge what this host opens
 * @param forward    judge what is routed through this host, such as traffic of containers
 * @param firstQueue the number of the first netfilter queue, 0–65535
 * @param queueCount how many queues share the work, from 1; they are numbered from {@code firstQueue}
 * @param bypass     accept first packets while no program reads the queue; otherwise the kernel drops them
 * @param cutMark    the one bit of the conntrack mark that says "this connection is cut"
 */
public record SkeletonSettings(
        boolean input, boolean output, boolean forward, int firstQueue, int queueCount, boolean bypass, int cutMark) {

    /** A high bit: marks set by hand are small numbers, and container networks use bits 8-19. */
    public static final int DEFAULT_CUT_MARK = 0x4000_0000;

    private static final int MAX_QUEUE = 65535;

    /** Both directions of the host itself, one queue, closed without a listener. */
    public static final SkeletonSettings DEFAULT =
            new SkeletonSettings(true, true, false, 4700, 1, false, DEFAULT_CUT_MARK);

    public SkeletonSettings {
        if (firstQueue < 0 || queueCount < 1 || firstQueue + queueCount - 1 > MAX_QUEUE) {
            throw new IllegalArgumentException(
                    queueCount + " queues from " + firstQueue + " do not fit into 0-" + MAX_QUEUE);
        }
        if (Integer.bitCount(cutMark) != 1) {
            throw new IllegalArgumentException(
                    "the cut mark must be a single bit, not 0x" + Integer.toHexString(cutMark));
        }
    }

    int lastQueue() {
        return firstQueue + queueCount - 1;
    }

    boolean covers(Hook hook) {
        return switch (hook) {
            case INPUT -> input;
            case OUTPUT -> output;
            case FORWARD -> forward;
        };
    }
}
