package io.secgroupd.daemon.dataplane;

import java.util.function.BooleanSupplier;

/**
 * Rules of the host's own that stand behind the queue in the same chain of the kernel, which ends with an accepted packet.
 * So that they see it, it meets the chain once more, with a mark by which the rule before the queue knows it.
 *
 * @param follow whether there are any; asked once a burst
 * @param mark   put onto such a packet
 * @param mask   the bits that the mark takes: a packet that has one of them already is not marked
 */
public record LaterRules(BooleanSupplier follow, int mark, int mask) {

    /** Where nothing stands behind the queue. */
    public static final LaterRules NONE = new LaterRules(() -> false, 0, 0);
}
