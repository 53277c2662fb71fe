package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Hook;

/** The end of a flow that is a socket of this host. */
enum LocalEnd {
    /** The flow is routed, or its protocol has no sockets that the kernel tells of. */
    NONE,
    /** This host opens the flow. */
    SOURCE,
    /** This host is asked. */
    DESTINATION;

    static LocalEnd at(Hook hook, PacketView packet) {
        boolean hasSockets = packet.protocol() == PacketView.TCP || packet.protocol() == PacketView.UDP;
        if (hook == Hook.FORWARD || !hasSockets) {
            return NONE;
        }
        return (hook == Hook.OUTPUT) == packet.isReversed() ? DESTINATION : SOURCE;
    }
}
