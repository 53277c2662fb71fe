package io.secgroupd.daemon.conntrack;

import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.util.Set;

/**
 * Asks a policy about a connection as it was asked about its first packet: what this host opened by what the packet said
 * before any translation, everything else by what it said after.
 */
record ConnectionJudge(PacketFilter filter, Set<IpAddress> localAddresses, JudgedHooks hooks) {

    /** Reports whether the policy allows it. One that may have been opened from either end needs a rule for one of them. */
    boolean allows(LiveConnection connection) {
        return allowsAsItIs(connection) || (connection.midstream() && allowsAsItIs(connection.turnedRound()));
    }

    private boolean allowsAsItIs(LiveConnection connection) {
        boolean toHere = isHere(connection.answerer().destination());
        if (localAddresses.contains(connection.opened().source())) {
            return toHere // loopback
                    || !hooks.output()
                    || allows(Direction.EGRESS, connection.opened());
        }
        if (toHere) {
            return !hooks.input() || allows(Direction.INGRESS, connection.answerer());
        }
        return !hooks.forward() || filter.decideForwarded(connection.answerer()).accepted();
    }

    private boolean allows(Direction near, FlowTuple flow) {
        return filter.decide(near, flow).accepted()
                && filter.decideFarEnd(near, flow).accepted();
    }

    /** What is sent to many arrives as input too, under an address that is nobody's. */
    private boolean isHere(IpAddress destination) {
        if (localAddresses.contains(destination)) {
            return true;
        }
        if (destination.family() == Family.IPV6) {
            return destination.high() >>> 56 == 0xff;
        }
        return destination.low() >>> 28 == 0xe || destination.low() == 0xffff_ffffL;
    }
}
