package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;

/** Asks the rules about a packet: which half, and for a pickup in which orientation. */
class PacketJudge {

    private static final Decision PICKUP_REFUSED = Decision.of(Verdict.REJECT, Reason.PICKUP);

    private final PickupMode pickup;
    private final ConnectionEvidence evidence;

    PacketJudge(PickupMode pickup, ConnectionEvidence evidence) {
        this.pickup = pickup;
        this.evidence = evidence;
    }

    /** Decides; turns the packet round when it is the other orientation that the rules accept. */
    Decision judge(PacketFilter filter, JudgedPacket packet) {
        Decision decision = ask(filter, packet);
        return packet.view.isPickup() ? judgePickup(filter, packet, decision) : decision;
    }

    private static Decision ask(PacketFilter filter, JudgedPacket packet) {
        return packet.forwarded ? filter.decideForwarded(packet.view) : filter.decide(packet.direction, packet.view);
    }

    private Decision judgePickup(PacketFilter filter, JudgedPacket packet, Decision asItIs) {
        if (pickup == PickupMode.REJECT) {
            return isJudged(asItIs) ? PICKUP_REFUSED : asItIs;
        }
        if (asItIs.accepted()) {
            return asItIs;
        }
        boolean arriving = packet.direction == Direction.INGRESS && !packet.forwarded;
        packet.turnRound();
        Decision turned = ask(filter, packet);
        // What leaves, a local socket has sent; what is routed leaves no trace here. What arrives can be forged.
        if (turned.accepted() && (!arriving || evidence.connected(packet.view))) {
            return turned;
        }
        packet.turnRound();
        return asItIs;
    }

    /** An address of no instance is nobody's to protect: no setting makes it so. */
    private static boolean isJudged(Decision decision) {
        return decision.reason() != Reason.NO_INSTANCE && decision.reason() != Reason.SAME_INSTANCE;
    }
}
