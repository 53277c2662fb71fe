package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.units.SocketCgroups;

/**
 * Asks whose sockets opened the flows of a burst. The packet loop does so when the verdicts are sent: many sockets are gone when the
 * log's thread comes to their records, and to wake another thread would cost the loop more than the question. For one thread.
 */
final class OutgoingSockets {

    /** A program that connects faster, as in a scan, must not keep the loop from its packets. */
    static final int QUESTIONS_PER_SECOND = 50_000;

    private final SocketCgroups sockets;
    private final LineBudget budget = new LineBudget(QUESTIONS_PER_SECOND, QUESTIONS_PER_SECOND);
    private final FlowRecord[] waiting = new FlowRecord[SocketCgroups.MOST];
    private int count;

    OutgoingSockets(SocketCgroups sockets) {
        this.sockets = sockets;
    }

    /** Adds a record when its flow comes from this host. */
    void add(FlowRecord record) {
        if (record.socketEnd() != LocalEnd.SOURCE) {
            return;
        }
        if (!budget.take(record.lastMillis())) {
            record.sentFrom(SocketCgroups.NOT_ASKED);
            return;
        }
        sockets.askSource(record);
        waiting[count++] = record;
        if (sockets.isFull()) {
            ask();
        }
    }

    /** Asks about all that was added, and writes the answers into the records. */
    void ask() {
        if (count == 0) {
            return;
        }
        sockets.ask();
        for (int i = 0; i < count; i++) {
            waiting[i].sentFrom(sockets.cgroup(i));
        }
        count = 0;
    }
}
