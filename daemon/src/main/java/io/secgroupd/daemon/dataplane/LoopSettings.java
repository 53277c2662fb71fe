package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;

/**
 * How packets are served, the same in every loop.
 *
 * @param laterRules the host's own rules that an accepted packet has still to meet
 */
public record LoopSettings(Mode mode, Pickup pickup, FailureVerdicts on, LaterRules laterRules) {

    /** What a host does that sets nothing. */
    public static final LoopSettings DEFAULT = new LoopSettings(Mode.ENFORCE, Pickup.JUDGE, FailureVerdicts.CLOSED);

    /** Where nothing stands behind the queue. */
    public LoopSettings(Mode mode, Pickup pickup, FailureVerdicts on) {
        this(mode, pickup, on, LaterRules.NONE);
    }
}
