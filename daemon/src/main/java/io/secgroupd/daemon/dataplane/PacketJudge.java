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
        Direction asItCame = packet.direction;
        Decision decision = ask(filter, packet);
        return packet.view.isPickup() ? judgePickup(filter, packet, asItCame, decision) : decision;
    }

    private static Decision ask(PacketFilter filter, JudgedPacket packet) {
        if (!packet.forwarded) {
            return askLocal(filter, packet);
        }
        Decision decision = filter.decideForwarded(packet.view);
        packet.direction = filter.directionOfForwarded(packet.view, decision);
        return decision;
    }

    private static Decision askLocal(PacketFilter filter, JudgedPacket packet) {
        Decision near = filter.decide(packet.direction, packet.view);
        if (!near.accepted()) {
            return near;
        }
        Decision far = filter.decideFarEnd(packet.direction, packet.view);
        if (!isJudged(far) || (far.accepted() && isJudged(near))) {
            return near;
        }
        packet.direction = packet.direction.opposite();
        return far;
    }

    private Decision judgePickup(PacketFilter filter, JudgedPacket packet, Direction asItCame, Decision asItIs) {
        if (pickup == PickupMode.REJECT) {
            return isJudged(asItIs) ? PICKUP_REFUSED : asItIs;
        }
        if (asItIs.accepted()) {
            return asItIs;
        }
        Direction decided = packet.direction;
        boolean arriving = asItCame == Direction.INGRESS && !packet.forwarded;
        packet.direction = asItCame;
        packet.turnRound();
        Decision turned = ask(filter, packet);
        // What leaves, a local socket has sent; what is routed leaves no trace here. What arrives can be forged.
        if (turned.accepted() && (!arriving || evidence.connected(packet.view))) {
            return turned;
        }
        packet.turnRound();
        packet.direction = decided;
        return asItIs;
    }

    /** An address of no instance is nobody's to protect: no setting makes it so. */
    private static boolean isJudged(Decision decision) {
        return decision.reason() != Reason.NO_INSTANCE && decision.reason() != Reason.SAME_INSTANCE;
    }
}
