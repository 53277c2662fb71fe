package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.net.Hook;
import org.jspecify.annotations.Nullable;

/**
 * Takes the decisions of one loop after their verdicts have been sent. The loop's thread calls it, so it must neither wait
 * nor allocate.
 */
public interface DecisionSink {

    /**
     * Says that a packet has been judged and has no verdict yet, for what cannot be learnt later: a client may end as soon as its
     * packet is through. The packets of a burst are recorded in the order in which they are told here, and only those.
     */
    default void judged(PacketView packet, Hook hook) {}

    /** Says that the verdicts of all that was judged follow now. */
    default void verdictsFollow() {}

    /**
     * Records one decision.
     *
     * @param candidate what a candidate would have decided, when that is another verdict; otherwise null
     * @param packet the packet that was judged, in the orientation that decided; reused after this call, so copy from it
     * @param hook where the packet was met
     * @param inIfIndex the index of the interface that it came in by; 0 when it comes from this host
     */
    void record(
            Decision decision,
            @Nullable Decision candidate,
            PacketView packet,
            Hook hook,
            int inIfIndex,
            long generation);

    /** Says which {@link PolicyInForce#edition} makes the decisions that follow. */
    default void judgedBy(long edition) {}

    /** Says that no more decisions follow until the next burst. */
    void endOfBurst();
}
