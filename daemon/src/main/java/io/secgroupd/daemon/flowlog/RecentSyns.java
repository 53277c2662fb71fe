package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;

/**
 * The most recently accepted SYNs. A SYN whose answer was lost comes again, and each time it is judged, counted and
 * recorded. It still is the same connection, and a second line would look like another connection.
 *
 * <p>A SYN is marked only if it equals an earlier one in both ends, direction, policy and sequence number. It stays in
 * the log with its count: the sender chooses the sequence number, so a marked SYN may still have opened a connection. A
 * SYN whose place or row here another has taken is recorded as if it were the first.
 *
 * <p>Rows are written one after the other, and a small index tells where each is. In a flood every SYN is a new one: had it a row
 * where its hash says, the writer would wait for that part of memory a third of its time.
 */
final class RecentSyns {

    private static final int BITS = 14;
    /** The number of SYNs that are remembered, and that of the index's places. */
    static final int ROWS = 1 << BITS;

    private static final int ROW_MASK = ROWS - 1;

    /** TCP waits up to 32 s before it repeats its SYN for the last time. */
    private static final long MEMORY_MILLIS = 40_000;

    private static final int FIELDS = 7;

    /** Each row has both addresses, the numbers of {@link #numbers}, the generation and the time. */
    private final long[] rows = new long[FIELDS * ROWS];
    /** At the place that a hash says: the number of a row, and above it more of the hash, so that few rows are read in vain. */
    private final int[] index = new int[ROWS];

    private int next;

    /** Marks an accepted SYN that is already here and returns true; otherwise remembers it and returns false. */
    boolean marked(FlowRecord record) {
        if (record.protocol() != PacketView.TCP || !PacketView.isSyn(record.tcpFlags())) {
            return false;
        }
        long hash = hash(record);
        int place = (int) (hash >>> (Long.SIZE - BITS));
        int print = (int) (hash >>> BITS) & ~ROW_MASK;
        int known = index[place];
        if ((known & ~ROW_MASK) == print && seenAgain((known & ROW_MASK) * FIELDS, record)) {
            record.markRepeat();
            return true;
        }
        index[place] = print | next;
        remember(next * FIELDS, record);
        next = (next + 1) & ROW_MASK;
        return false;
    }

    private boolean seenAgain(int row, FlowRecord record) {
        if (!equal(row, record) || !isRecent(rows[row + 6], record.lastMillis())) {
            return false;
        }
        rows[row + 6] = record.lastMillis();
        return true;
    }

    private boolean equal(int row, FlowRecord record) {
        return rows[row] == record.sourceHigh()
                && rows[row + 1] == record.sourceLow()
                && rows[row + 2] == record.destinationHigh()
                && rows[row + 3] == record.destinationLow()
                && rows[row + 4] == numbers(record)
                && rows[row + 5] == kind(record);
    }

    private void remember(int row, FlowRecord record) {
        rows[row] = record.sourceHigh();
        rows[row + 1] = record.sourceLow();
        rows[row + 2] = record.destinationHigh();
        rows[row + 3] = record.destinationLow();
        rows[row + 4] = numbers(record);
        rows[row + 5] = kind(record);
        rows[row + 6] = record.lastMillis();
    }

    private static boolean isRecent(long then, long now) {
        return Math.abs(now - then) <= MEMORY_MILLIS;
    }

    /** The sequence number, source port and destination port. */
    private static long numbers(FlowRecord record) {
        return ((long) record.tcpSequence() << 32) | ((long) record.sourcePort() << 16) | record.destinationPort();
    }

    /**
     * Generation, direction and family as one number, unique to each combination. It is never 0, unlike that of an
     * empty row.
     */
    private static long kind(FlowRecord record) {
        int family = record.family() == Family.IPV4 ? 1 : 2;
        int direction = record.decision().direction() == Direction.INGRESS ? 4 : 8;
        return (record.generation() << 4) | family | direction;
    }

    private static long hash(FlowRecord record) {
        long mixed = numbers(record) * 31 + record.sourceLow();
        mixed = mixed * 31 + record.sourceHigh();
        mixed = mixed * 31 + record.destinationLow();
        return mixed * 0x9E37_79B9_7F4A_7C15L;
    }
}
