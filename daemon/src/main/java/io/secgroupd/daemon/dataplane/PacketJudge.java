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
 * Asks the filter about a packet. One that does not open a connection is judged as part of a connection that either end may
 * have opened.
 */
public class PacketJudge {

    private static final FixedDecisions PICKUP_REFUSED = FixedDecisions.of(Verdict.REJECT, Reason.PICKUP);

    private final Pickup pickup;
    private final ConnectionEvidence evidence;
    private final CutFlows cut;

    /** Makes a judge for a place where no connection is ever cut. */
    public PacketJudge(Pickup pickup, ConnectionEvidence evidence) {
        this(pickup, evidence, new CutFlows());
    }

    /** @param cut the connections that were cut and are not picked up again */
    PacketJudge(Pickup pickup, ConnectionEvidence evidence, CutFlows cut) {
        this.pickup = pickup;
        this.evidence = evidence;
        this.cut = cut;
    }

    /**
     * Decides about a packet that met this hook. A packet that passes as an answer is reversed, so that it reads like the
     * packet that opened the connection.
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
     * Decides about a packet that is out of connection tracking. The kernel tells nothing about it, so it may be an answer,
     * whatever the setting for pickups.
     */
    Decision judgeUntracked(PacketFilter filter, Hook hook, PacketView packet) {
        Decision asItCame = filter.judge(hook, packet);
        return asItCame.accepted() || !packet.mayAnswer() ? asItCame : judgeAsAnswer(filter, hook, packet, asItCame);
    }

    private Decision judgeAsAnswer(PacketFilter filter, Hook hook, PacketView packet, Decision asItCame) {
        Decision answered = filter.judgeAnswered(hook, packet.opened());
        boolean isBetter = answered.accepted() || (answered.observed() && !asItCame.observed());
        if (!isBetter || !isPlausible(hook, packet)) {
            return asItCame;
        }
        packet.reverse();
        return answered;
    }

    /**
     * A local socket sent an outgoing packet, and for a routed one the filter believes the carried end. An incoming packet
     * can be forged.
     */
    private boolean isPlausible(Hook hook, PacketView packet) {
        return hook != Hook.INPUT || evidence.connected(packet.opened());
    }

    /** Packets that are routed between strangers are never ours to judge, whatever the settings. */
    private static boolean isUnasked(Decision decision) {
        return decision.accepted() && decision.reason() == Reason.NO_INSTANCE;
    }
}
