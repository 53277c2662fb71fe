package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Family;

/** Identifies a flow as connection tracking does: by both ends, and by the identifier of an ICMP query. */
record FlowKey(
        Family family,
        long sourceHigh,
        long sourceLow,
        long destinationHigh,
        long destinationLow,
        int protocol,
        int sourcePort,
        int destinationPort,
        int query) {

    static FlowKey of(PacketView packet) {
        return new FlowKey(
                packet.family(),
                packet.sourceHigh(),
                packet.sourceLow(),
                packet.destinationHigh(),
                packet.destinationLow(),
                packet.protocol(),
                packet.sourcePort(),
                packet.destinationPort(),
                IcmpQueries.typeOf(packet) << 16 | packet.icmpIdentifier());
    }

    /** The key of the answers. */
    FlowKey reversed() {
        return new FlowKey(
                family,
                destinationHigh,
                destinationLow,
                sourceHigh,
                sourceLow,
                protocol,
                destinationPort,
                sourcePort,
                query);
    }
}
