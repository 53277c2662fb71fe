package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;

/**
 * Takes the decisions of one loop, after their verdicts have been sent. It is called by the loop's thread, so it must
 * neither wait nor allocate.
 */
public interface DecisionSink {

    /**
     * Records one decision.
     *
     * @param packet    what was judged, in the orientation that decided; used again after this call, so copy from it
     * @param inIfIndex index of the interface that it came in by; 0 when it comes from this host
     */
    void record(Decision decision, PacketView packet, int inIfIndex, long generation);

    /** No more decisions until the next burst. */
    void endOfBurst();
}
