package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.net.Hook;

/** The end of a flow that is a socket of this host. */
enum LocalEnd {
    /** The flow is routed. */
    NONE,
    /** This host opens the flow. */
    SOURCE,
    /** This host is asked. */
    DESTINATION;

    /** @param reversed whether the flow is in the opposite direction to its packet */
    static LocalEnd at(Hook hook, boolean reversed) {
        if (hook == Hook.FORWARD) {
            return NONE;
        }
        return (hook == Hook.OUTPUT) == reversed ? DESTINATION : SOURCE;
    }
}
