package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.Verdict;

/**
 * Asks the filter about a packet. One that does not open a connection is judged as part of one that either end may have
 * opened.
 */
public class PacketJudge {

    private static final FixedDecisions PICKUP_REFUSED = FixedDecisions.of(Verdict.REJECT, Reason.PICKUP);

    private final Pickup pickup;
    private final ConnectionEvidence evidence;
    private final CutFlows cut;

    /** Where no connection is ever cut. */
    public PacketJudge(Pickup pickup, ConnectionEvidence evidence) {
        this(pickup, evidence, new CutFlows());
    }

    /** @param cut what was cut and is not picked up again */
    PacketJudge(Pickup pickup, ConnectionEvidence evidence, CutFlows cut) {
        this.pickup = pickup;
        this.evidence = evidence;
        this.cut = cut;
    }

    /**
     * Decides about a packet that met this hook. One that passes as an answer is turned round: it then reads as the packet
     * that opened the connection.
     */
    public Decision judge(PacketFilter filter, Hook hook, PacketView packet) {
        Decision asItCame = filter.judge(hook, packet);
        if (!packet.isPickup() || isUnasked(asItCame)) {
            return asItCame;
        }
        if (pickup == Pickup.REJECT || cut.contains(packet)) {
            return PICKUP_REFUSED.in(asItCame.direction());
        }
        return asItCame.accepted() ? asItCame : judgeAsAnswer(filter, hook, packet, asItCame);
    }

    /**
     * Decides about a packet that is out of connection tracking: the kernel tells nothing of it, so that it may be an answer,
     * whatever is wanted of pickups.
     */
    Decision judgeUntracked(PacketFilter filter, Hook hook, PacketView packet) {
        Decision asItCame = filter.judge(hook, packet);
        return asItCame.accepted() || !packet.mayAnswer() ? asItCame : judgeAsAnswer(filter, hook, packet, asItCame);
    }

    private Decision judgeAsAnswer(PacketFilter filter, Hook hook, PacketView packet, Decision asItCame) {
        Decision answered = filter.judgeAnswered(hook, packet.opened());
        if (!answered.accepted() || !isPlausible(hook, packet)) {
            return asItCame;
        }
        packet.reverse();
        return answered;
    }

    /**
     * An outgoing packet was sent by a local socket, and for a routed one the filter believes the carried end. An
     * incoming one can be forged.
     */
    private boolean isPlausible(Hook hook, PacketView packet) {
        return hook != Hook.INPUT || evidence.connected(packet.opened());
    }

    /** Packets that are routed between strangers are never ours to judge, whatever the settings. */
    private static boolean isUnasked(Decision decision) {
        return decision.accepted() && decision.reason() == Reason.NO_INSTANCE;
    }
}
