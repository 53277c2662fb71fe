package io.secgroupd.daemon.service;

import io.secgroupd.daemon.answer.Answers.AnswerTotals;
import io.secgroupd.daemon.control.PolicyChange;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.DecisionTotals;
import io.secgroupd.daemon.flowlog.FlowRing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Provides the packets that the daemon judges. It is the only part of a start that differs between the modes. */
interface PacketSource {

    /**
     * Opens the source without judging anything yet.
     *
     * @return how many loops judge packets; each needs a ring of its own
     * @throws StartException when the source cannot be opened
     */
    int open();

    /**
     * Starts to judge packets.
     *
     * @param policy the policy for the packets
     * @param rings one ring for each loop
     * @param fault run when a fault has ended the judging
     * @throws StartException when packets cannot be judged
     */
    void judge(ActivePolicy policy, List<FlowRing> rings, Runnable fault);

    /**
     * Waits until the code that judges packets is warm, or as long as a start may wait for that. Packets are judged meanwhile;
     * whoever waits for the daemon to be ready may also expect that it is quick.
     */
    default void awaitWarm() {}

    /** Handles running connections after a policy has come into force. */
    void follow(PolicyChange change);

    /** Has the loops themselves run {@code beat}, so that it stops when one of them hangs. */
    void heartbeat(Duration every, Runnable beat);

    /** The decisions made so far. */
    DecisionTotals totals();

    PacketLosses losses();

    HooksReport hooks();

    /** The answers to refused packets; empty when this host keeps silent. */
    default Optional<AnswerTotals> answers() {
        return Optional.empty();
    }

    /** A description of the source, for the log line that says the daemon is ready. */
    String words();

    /** Removes what must not stay. The source itself is closed after that. */
    void stop(boolean orderly);

    /** A sentence for the last line of the log that says what the end means for new connections. */
    String lastWords();
}
