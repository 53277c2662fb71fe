package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import java.util.Collection;

/**
 * Remembers the TCP connections that were cut for longer than their conntrack entries live. Either end can make the kernel
 * forget an entry, and the mark with it, by a reset and a new SYN. The next segment of the other end would then be judged as
 * a pickup, and a guest's outbound rules would open what was cut.
 *
 * <p>One thread replaces the whole set; other threads query it. A query allocates nothing.
 */
public final class CutFlows {

    /** The two addresses of 16 bytes each, then both ports and the family. */
    private static final int WORDS = 5;

    private static final int LAST = WORDS - 1;

    /** Set in the last word of every slot that is taken. */
    private static final long TAKEN = 1L << 63;

    private static final long IPV6 = 1L << 62;

    /** 2^64 divided by the golden ratio, which spreads values that differ in few bits. */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private volatile long[] places = new long[0];

    /** Replaces all flows. The order of the two ends of a flow does not matter. */
    public void replace(Collection<? extends Flow> cut) {
        if (cut.isEmpty()) {
            places = new long[0];
            return;
        }
        long[] fresh = new long[Integer.highestOneBit(cut.size()) * 4 * WORDS];
        cut.forEach(flow -> put(fresh, flow));
        places = fresh;
    }

    /** Reports whether a packet with these ends, sent by either of them, belongs to a connection that was cut. */
    public boolean contains(Flow packet) {
        long[] table = places;
        return table.length > 0 && (table[find(table, packet) + LAST] & TAKEN) != 0;
    }

    private static void put(long[] table, Flow flow) {
        int at = find(table, flow);
        table[at] = flow.sourceHigh();
        table[at + 1] = flow.sourceLow();
        table[at + 2] = flow.destinationHigh();
        table[at + 3] = flow.destinationLow();
        table[at + LAST] = last(flow, flow.sourcePort(), flow.destinationPort());
    }

    /** Returns the slot of the flow, or the free one that it would get: at least half of the slots are free. */
    private static int find(long[] table, Flow flow) {
        int count = table.length / WORDS;
        int place = (int) (hash(flow) >>> 32) & (count - 1);
        while ((table[place * WORDS + LAST] & TAKEN) != 0 && !isAt(table, place * WORDS, flow)) {
            place = (place + 1) & (count - 1);
        }
        return place * WORDS;
    }

    /** Returns the same hash for either direction. */
    private static long hash(Flow flow) {
        return (end(flow.sourceHigh(), flow.sourceLow(), flow.sourcePort())
                        + end(flow.destinationHigh(), flow.destinationLow(), flow.destinationPort()))
                * SPREAD;
    }

    private static long end(long high, long low, int port) {
        long mixed = (high * SPREAD + low) * SPREAD + port;
        return (mixed ^ (mixed >>> 32)) * SPREAD;
    }

    private static boolean isAt(long[] table, int at, Flow flow) {
        boolean asItCame = table[at] == flow.sourceHigh()
                && table[at + 1] == flow.sourceLow()
                && table[at + 2] == flow.destinationHigh()
                && table[at + 3] == flow.destinationLow()
                && table[at + LAST] == last(flow, flow.sourcePort(), flow.destinationPort());
        return asItCame
                || (table[at] == flow.destinationHigh()
                        && table[at + 1] == flow.destinationLow()
                        && table[at + 2] == flow.sourceHigh()
                        && table[at + 3] == flow.sourceLow()
                        && table[at + LAST] == last(flow, flow.destinationPort(), flow.sourcePort()));
    }

    private static long last(Flow flow, int first, int second) {
        return TAKEN | (flow.family() == Family.IPV6 ? IPV6 : 0) | (long) first << 16 | second;
    }
}
