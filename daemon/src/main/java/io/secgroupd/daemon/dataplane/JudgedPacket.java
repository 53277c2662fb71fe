package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.answer.RefusalAnswers;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.Verdict;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A slot in a burst: one packet and the decision about it. Every burst uses it again. */
final class JudgedPacket {

    static final Decision UNDECIDED =
            FixedDecisions.of(Verdict.REJECT, Reason.INTERNAL_ERROR).ingress();

    final PacketView view = new PacketView();
    Decision decision = UNDECIDED;
    Hook hook = Hook.INPUT;
    int inInterface;
    /** Whether the view holds the whole header of the packet. */
    boolean decoded;

    private int offset;
    private int length;

    /** What the candidate decides when that is another verdict; null when it is the same, or nothing is compared. */
    @Nullable
    Decision candidate;

    /** Whether the candidate has been asked. */
    boolean compared;

    /** Copies where the packet was met. */
    void metAt(QueuedPacket queued) {
        decision = UNDECIDED;
        candidate = null;
        compared = false;
        decoded = false;
        offset = queued.payloadOffset();
        length = queued.payloadLength();
        hook = switch (queued.hook()) {
            case QueuedPacket.LOCAL_IN -> Hook.INPUT;
            case QueuedPacket.LOCAL_OUT -> Hook.OUTPUT;
            // A packet from any hook that is not ours is judged like a routed one: by both ends, whichever this host
            // carries.
            default -> Hook.FORWARD;
        };
        inInterface = queued.inInterface();
    }

    /** Has a refused packet answered, as long as its bytes are there. */
    void answerRefusal(RefusalAnswers answers, ByteBuffer bytes) {
        if (decoded && !decision.passes()) {
            answers.refused(hook, view, bytes, offset, length, inInterface);
        }
    }
}
