package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.refused.RefusedFlow;
import io.secgroupd.daemon.refused.RefusedKey;
import io.secgroupd.rules.decide.Reason;
import java.util.EnumSet;
import java.util.Set;

/** Proposes what is refused again and again to be refused by the kernel. */
final class RepeatedRefusals {

    /** Proposes nothing. */
    static final RepeatedRefusals JUDGED_AGAIN = new RepeatedRefusals(new RefusalCache("nobody has started it"));

    /** The reasons that follow from the policy, and from what a key holds, alone. */
    private static final Set<Reason> BY_POLICY =
            EnumSet.of(Reason.NO_MATCHING_RULE, Reason.NO_GROUPS, Reason.NO_INSTANCE);

    private static final int DHCP_CLIENT = 68;
    private static final int DHCP_CLIENT_6 = 546;

    private final RefusalCache cache;

    RepeatedRefusals(RefusalCache cache) {
        this.cache = cache;
    }

    /**
     * Proposes a refusal that has come often enough, unless it is proposed already.
     *
     * @param gathered the number of equal ones since the first, with this one
     * @param offered what the last call for this kind has returned; at first 0
     */
    long offer(FlowRecord reject, long gathered, long offered) {
        long turns = cache.turns();
        if (turns == offered || gathered + 1 < RefusalCache.REFUSALS || !isFinal(reject)) {
            return offered;
        }
        return cache.offer(flow(reject), reject.edition()) ? turns : offered;
    }

    /**
     * Reports whether every first packet with this key is refused as long as the policy stays. Routed packets are left out, and what a
     * candidate would let in is judged each time, to be counted.
     */
    private static boolean isFinal(FlowRecord reject) {
        return reject.edition() > 0
                && (isSyn(reject) || isDatagram(reject))
                && reject.localEnd() == LocalEnd.DESTINATION
                && !reject.observed()
                && reject.candidate() == null
                && BY_POLICY.contains(reject.decision().reason());
    }

    private static boolean isSyn(FlowRecord reject) {
        return reject.protocol() == PacketView.TCP && PacketView.isSyn(reject.tcpFlags());
    }

    /** Whether a datagram to a client of DHCP is judged depends on its source port, which no key holds. */
    private static boolean isDatagram(FlowRecord reject) {
        return reject.protocol() == PacketView.UDP
                && reject.destinationPort() != DHCP_CLIENT
                && reject.destinationPort() != DHCP_CLIENT_6;
    }

    private static RefusedFlow flow(FlowRecord reject) {
        return new RefusedFlow(
                RefusedKey.of(reject),
                reject.sourcePort(),
                reject.interfaceIndex(),
                reject.generation(),
                reject.decision(),
                reject.unit(),
                reject.lastMillis());
    }
}
