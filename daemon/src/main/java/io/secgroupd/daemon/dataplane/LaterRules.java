package io.secgroupd.daemon.dataplane;

import java.util.function.BooleanSupplier;

/**
 * The host's own rules that come after the queue in the same chain of the kernel. An accepted packet leaves the chain before
 * them. So that they see the packet, it traverses the chain once more, with a mark by which the rule before the queue
 * recognises it.
 *
 * @param follow whether there are such rules; asked once per burst
 * @param mark the mark that such a packet gets
 * @param mask the bits of the mark; a packet that already has one of them is not marked
 */
public record LaterRules(BooleanSupplier follow, int mark, int mask) {

    /** Describes a host that has no rules after the queue. */
    public static final LaterRules NONE = new LaterRules(() -> false, 0, 0);
}
