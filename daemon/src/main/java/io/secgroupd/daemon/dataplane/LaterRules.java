package io.secgroupd.daemon.dataplane;

import java.util.function.BooleanSupplier;

/**
 * Rules of the host's own that come after the queue in the same chain of the kernel, which an accepted packet leaves.
 * So that they see the packet, it traverses the chain once more, with a mark by which the rule before the queue
 * recognises it.
 *
 * @param follow whether there are any; asked once a burst
 * @param mark   put onto such a packet
 * @param mask   the bits that the mark takes: a packet that has one of them already is not marked
 */
public record LaterRules(BooleanSupplier follow, int mark, int mask) {

    /** For a host that has no rules after the queue. */
    public static final LaterRules NONE = new LaterRules(() -> false, 0, 0);
}
