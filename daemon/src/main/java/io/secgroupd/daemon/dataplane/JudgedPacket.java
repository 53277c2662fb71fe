package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;

/** A place in a burst: one packet with what was decided about it. Used again in every burst. */
final class JudgedPacket {

    static final Decision UNDECIDED = Decision.of(Verdict.REJECT, Reason.INTERNAL_ERROR);

    final PacketView view = new PacketView();
    Decision decision = UNDECIDED;
    Direction direction = Direction.INGRESS;
    boolean forwarded;
    int inInterface;

    /** Takes over where the packet was met. Of a routed packet the judge says which half decided; until then ingress. */
    void metAt(QueuedPacket queued) {
        decision = UNDECIDED;
        direction = queued.hook() == QueuedPacket.LOCAL_OUT ? Direction.EGRESS : Direction.INGRESS;
        // Any hook that is not ours is judged like a routed packet: by both ends, whichever this host carries.
        forwarded = queued.hook() != QueuedPacket.LOCAL_OUT && queued.hook() != QueuedPacket.LOCAL_IN;
        inInterface = queued.inInterface();
    }

    /** Looks at the packet as one of a connection that the other end opened. */
    void turnRound() {
        view.reverse();
        direction = direction.opposite();
    }
}
