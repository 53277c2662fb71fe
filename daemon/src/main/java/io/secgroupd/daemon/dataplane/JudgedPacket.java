package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.Verdict;

/** A place in a burst: one packet with what was decided about it. Used again in every burst. */
final class JudgedPacket {

    private static final Decision UNDECIDED =
            FixedDecisions.of(Verdict.REJECT, Reason.INTERNAL_ERROR).ingress();

    final PacketView view = new PacketView();
    Decision decision = UNDECIDED;
    Hook hook = Hook.INPUT;
    int inInterface;

    /** Takes over where the packet was met. */
    void metAt(QueuedPacket queued) {
        decision = UNDECIDED;
        hook = switch (queued.hook()) {
            case QueuedPacket.LOCAL_IN -> Hook.INPUT;
            case QueuedPacket.LOCAL_OUT -> Hook.OUTPUT;
            // Any hook that is not ours is judged like a routed packet: by both ends, whichever this host carries.
            default -> Hook.FORWARD;
        };
        inInterface = queued.inInterface();
    }
}
