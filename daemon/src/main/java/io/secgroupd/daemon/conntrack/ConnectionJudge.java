package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.util.Set;

/**
 * Asks a policy about a connection in the way it was asked about the first packet: a connection that this host opened is
 * judged by the addresses before any translation, every other one by those after it.
 */
record ConnectionJudge(PacketFilter filter, Set<IpAddress> localAddresses, JudgedHooks hooks) {

    /** Reports whether the policy lets the connection pass. If either end may have opened it, one rule suffices. */
    boolean allows(LiveConnection connection) {
        return allowsAsItIs(connection) || (connection.midstream() && allowsAsItIs(connection.turnedRound()));
    }

    private boolean allowsAsItIs(LiveConnection connection) {
        boolean toHere = isHere(connection.answerer().destination());
        if (localAddresses.contains(connection.opened().source())) {
            return toHere // loopback
                    || !hooks.output()
                    || allows(Hook.OUTPUT, connection.opened());
        }
        if (toHere) {
            return !hooks.input() || allows(Hook.INPUT, connection.answerer());
        }
        return !hooks.forward() || allows(Hook.FORWARD, connection.answerer());
    }

    private boolean allows(Hook hook, FlowTuple flow) {
        return filter.judge(hook, flow).passes();
    }

    /** Multicast and broadcast packets arrive as input too, under an address that belongs to nobody. */
    private boolean isHere(IpAddress destination) {
        return localAddresses.contains(destination) || destination.isForMany();
    }
}
