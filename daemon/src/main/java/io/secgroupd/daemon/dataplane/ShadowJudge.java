package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Hook;
import org.jspecify.annotations.Nullable;

/**
 * Asks a candidate about packets that the policy in force has judged. Whatever the candidate does, no verdict changes: a fault
 * of it is counted and goes no further. Allocates nothing. For one thread.
 */
public final class ShadowJudge {

    private final PacketJudge judge;
    private final boolean untracked;

    /**
     * @param judge the one that asks the policy in force
     * @param untracked whether the packets are out of connection tracking
     */
    public ShadowJudge(PacketJudge judge, boolean untracked) {
        this.judge = judge;
        this.untracked = untracked;
    }

    /**
     * Judges a packet that may be an answer before its verdict is written: whether it is one depends on this host's sockets, and
     * the packet may close the very socket that speaks for it.
     */
    void beforeVerdict(ShadowPolicy candidate, JudgedPacket packet) {
        if (candidate.isPresent() && (untracked ? packet.view.mayAnswer() : packet.view.isPickup())) {
            compare(candidate, packet, System.currentTimeMillis());
        }
    }

    /** Judges the rest of a burst after its verdicts are written, so that no packet waits for it. */
    void afterVerdicts(ShadowPolicy candidate, JudgedPacket[] burst, int count, long epochMillis) {
        if (!candidate.isPresent()) {
            return;
        }
        int packets = 0;
        for (int i = 0; i < count; i++) {
            JudgedPacket packet = burst[i];
            if (!packet.compared) {
                compare(candidate, packet, epochMillis);
            }
            packets += isByRules(packet.decision) ? 1 : 0;
        }
        candidate.countCompared(packets);
    }

    private void compare(ShadowPolicy candidate, JudgedPacket packet, long epochMillis) {
        packet.compared = true;
        if (isByRules(packet.decision)) {
            packet.candidate = differing(candidate, packet.decision, packet.hook, packet.view, epochMillis);
        }
    }

    /** The same as {@link #differing} for a single packet, which it counts as compared. */
    public @Nullable Decision compare(
            ShadowPolicy candidate, Decision inForce, Hook hook, PacketView packet, long epochMillis) {
        if (!candidate.isPresent() || !isByRules(inForce)) {
            return null;
        }
        candidate.countCompared(1);
        return differing(candidate, inForce, hook, packet, epochMillis);
    }

    /**
     * The candidate's decision when the packet would fare otherwise by it; otherwise null. An instance that only observes lets in
     * what its rules refuse, so a candidate by which it enforces differs there.
     */
    private @Nullable Decision differing(
            ShadowPolicy candidate, Decision inForce, Hook hook, PacketView packet, long epochMillis) {
        boolean turned = packet.isReversed();
        try {
            turn(packet, false);
            Decision decision = judge(candidate.filter(), hook, packet);
            turn(packet, turned);
            if (decision.passes() == inForce.passes()) {
                return null;
            }
            candidate.differences().count(inForce, decision, packet, epochMillis);
            return decision;
        } catch (RuntimeException | Error fault) {
            turn(packet, turned);
            candidate.countFault();
            return null;
        }
    }

    private Decision judge(PacketFilter filter, Hook hook, PacketView packet) {
        return untracked ? judge.judgeUntracked(filter, hook, packet) : judge.judge(filter, hook, packet);
    }

    /** The log has the packet as the policy in force has decided it. */
    private static void turn(PacketView packet, boolean reversed) {
        if (packet.isReversed() != reversed) {
            packet.reverse();
        }
    }

    /** Reports whether rules have decided, and not a setting for what cannot be judged. */
    private static boolean isByRules(Decision decision) {
        return decision.reason() != Reason.UNDECODABLE && decision.reason() != Reason.INTERNAL_ERROR;
    }
}
