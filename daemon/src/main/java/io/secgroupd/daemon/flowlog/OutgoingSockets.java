package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.units.SocketCgroups;
import io.secgroupd.rules.net.Flow;

/**
 * Asks whose sockets open the flows of a burst. The packet loop does so just before it sends the verdicts, in one system call, and
 * looks at the answers when they are sent: a client that ends its connection as soon as it stands has no socket any more when its
 * verdict has been written. For one thread.
 */
final class OutgoingSockets {

    /** A program that connects faster, as in a scan, must not keep the loop from its packets. */
    static final int QUESTIONS_PER_SECOND = 50_000;

    private static final int NO_QUESTION = -1;

    private final SocketCgroups sockets;
    private final LineBudget budget = new LineBudget(QUESTIONS_PER_SECOND, QUESTIONS_PER_SECOND);
    /** The number of the question for each flow of the burst. */
    private final int[] questions = new int[SocketCgroups.MOST];

    private int count;
    private int told;
    private boolean asked;

    OutgoingSockets(SocketCgroups sockets) {
        this.sockets = sockets;
    }

    /** Adds a flow that this host opens; a burst has {@link SocketCgroups#MOST} of them at most. */
    void add(Flow flow, long nowMillis) {
        questions[count++] = budget.take(nowMillis) ? sockets.askSource(flow) : NO_QUESTION;
    }

    /** Asks about all that was added. */
    void ask() {
        if (count > 0) {
            sockets.send();
            asked = true;
        }
    }

    /** The control group of the next flow, in the order in which they were added. */
    long nextAnswer() {
        if (asked) {
            sockets.receive();
            asked = false;
        }
        if (told == count) {
            return SocketCgroups.UNTOLD;
        }
        int question = questions[told++];
        return question == NO_QUESTION ? SocketCgroups.NOT_ASKED : sockets.cgroup(question);
    }

    /** Ends the burst. */
    void forget() {
        count = 0;
        told = 0;
    }
}
