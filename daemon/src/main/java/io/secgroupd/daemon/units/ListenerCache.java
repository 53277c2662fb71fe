package io.secgroupd.daemon.units;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;

/**
 * The control groups of the sockets that serve the ports of this host, each kept for a second: a flood to one port is one question.
 * A scan of all ports is as many; beyond a number in a second none is asked any more. For one thread.
 */
final class ListenerCache {

    static final long KEPT_MILLIS = 1000;
    /** A question takes some microseconds, so these take a thirtieth of one processor. */
    static final int QUESTIONS_PER_SECOND = 10_000;

    private static final int PLACE_BITS = 12;
    private static final int FIELDS = 5;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /** Each place has one row: the address, the other numbers, when it was asked, and the answer. */
    private final long[] rows = new long[FIELDS << PLACE_BITS];

    private final SocketCgroups sockets;
    private long secondBegan;
    private int asked;

    ListenerCache(SocketCgroups sockets) {
        this.sockets = sockets;
    }

    /**
     * The control group of whoever serves the flow's destination, or another answer of {@link SocketCgroups}.
     *
     * @param interfaceIndex the interface that the packet came in by; 0 for none
     */
    long cgroup(Flow flow, int interfaceIndex, long nowMillis) {
        long numbers = numbers(flow, interfaceIndex);
        int row = place(flow, numbers) * FIELDS;
        boolean known = rows[row] == flow.destinationHigh()
                && rows[row + 1] == flow.destinationLow()
                && rows[row + 2] == numbers
                && Math.abs(nowMillis - rows[row + 3]) < KEPT_MILLIS;
        if (known) {
            return rows[row + 4];
        }
        if (!mayAsk(nowMillis)) {
            return SocketCgroups.NOT_ASKED;
        }
        sockets.askListener(flow, interfaceIndex);
        sockets.ask();
        rows[row] = flow.destinationHigh();
        rows[row + 1] = flow.destinationLow();
        rows[row + 2] = numbers;
        rows[row + 3] = nowMillis;
        rows[row + 4] = sockets.cgroup(0);
        return rows[row + 4];
    }

    private boolean mayAsk(long nowMillis) {
        if (Math.abs(nowMillis - secondBegan) >= KEPT_MILLIS) {
            secondBegan = nowMillis;
            asked = 0;
        }
        return asked++ < QUESTIONS_PER_SECOND;
    }

    /** Unlike those of an empty row, they are never 0. */
    private static long numbers(Flow flow, int interfaceIndex) {
        long kind = (long) flow.protocol() << 1 | (flow.family() == Family.IPV4 ? 1 : 0);
        return ((long) interfaceIndex << 32) | (kind << 16) | flow.destinationPort();
    }

    private static int place(Flow flow, long numbers) {
        long mixed = (numbers * 31 + flow.destinationLow()) * 31 + flow.destinationHigh();
        return (int) ((mixed * MIX) >>> (Long.SIZE - PLACE_BITS));
    }
}
