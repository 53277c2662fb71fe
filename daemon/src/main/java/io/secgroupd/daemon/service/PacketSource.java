package io.secgroupd.daemon.service;

import io.secgroupd.daemon.control.PolicyChange;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.DecisionTotals;
import io.secgroupd.daemon.flowlog.FlowRing;
import java.time.Duration;
import java.util.List;

/** Where the packets come from that the daemon judges: the one part of its start that differs between the modes. */
interface PacketSource {

    /**
     * Opens the source, without judging anything yet.
     *
     * @return how many loops judge packets, each of which needs a ring of its own
     * @throws StartException when that cannot be
     */
    int open();

    /**
     * Judges packets from now on.
     *
     * @param policy what they meet
     * @param rings  one for each loop
     * @param fault  is run when judging has ended by a fault
     * @throws StartException when that cannot be
     */
    void judge(ActivePolicy policy, List<FlowRing> rings, Runnable fault);

    /** Deals with running connections after a policy has come into force. */
    void follow(PolicyChange change);

    /** Has {@code beat} run by the loops themselves, so that it stops when one of them hangs. */
    void heartbeat(Duration every, Runnable beat);

    /** What was decided so far. */
    DecisionTotals totals();

    PacketLosses losses();

    HooksReport hooks();

    /** What it is, as the line that says the daemon is ready tells it. */
    String words();

    /** Takes away what must not stay; the source itself is closed after that. */
    void stop(boolean orderly);

    /** What the end means for new connections, as the last line of the log tells it. */
    String lastWords();
}
