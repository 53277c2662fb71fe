package io.secgroupd.daemon.conntrack;

import io.secgroupd.rules.net.FlowTuple;

/**
 * An entry of the connection table.
 *
 * @param opened the first packet, as the end that opened the connection sent it
 * @param answerer the first packet, as the end that answers got it: with another destination after a translation
 * @param midstream whether the kernel met the connection already running, so that the other end may have opened it
 */
record LiveConnection(FlowTuple opened, FlowTuple answerer, boolean midstream) {

    /** The same connection as if the other end had opened it. */
    LiveConnection turnedRound() {
        return new LiveConnection(answerer.reversed(), opened.reversed(), midstream);
    }
}
