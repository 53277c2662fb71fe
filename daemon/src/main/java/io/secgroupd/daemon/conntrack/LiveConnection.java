package io.secgroupd.daemon.conntrack;

import io.secgroupd.rules.net.FlowTuple;

/**
 * An entry of the connection table.
 *
 * @param opened    its first packet, as the end that opened it sent it
 * @param answerer  its first packet as the end that answers got it: another destination after a translation
 * @param midstream the kernel met it when it was already running, so the end that opened it may be the other one
 */
record LiveConnection(FlowTuple opened, FlowTuple answerer, boolean midstream) {

    /** The same connection as if the other end had opened it. */
    LiveConnection turnedRound() {
        return new LiveConnection(reversed(answerer), reversed(opened), midstream);
    }

    private static FlowTuple reversed(FlowTuple flow) {
        return new FlowTuple(
                flow.destination(),
                flow.source(),
                flow.protocol(),
                flow.destinationPort(),
                flow.sourcePort(),
                flow.icmpType(),
                flow.icmpCode());
    }
}
