package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.answer.RefusalAnswers;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;

/**
 * Settings for serving packets, the same in every loop.
 *
 * @param laterRules the host's own rules that an accepted packet must still pass
 * @param answers    told of each refused packet
 */
public record LoopSettings(
        Mode mode, Pickup pickup, FailureVerdicts on, LaterRules laterRules, RefusalAnswers answers) {

    /** The defaults, for a host that sets nothing. */
    public static final LoopSettings DEFAULT = new LoopSettings(Mode.ENFORCE, Pickup.JUDGE, FailureVerdicts.CLOSED);

    /** Settings for a host without rules after the queue. */
    public LoopSettings(Mode mode, Pickup pickup, FailureVerdicts on) {
        this(mode, pickup, on, LaterRules.NONE);
    }

    /** Settings for a host that keeps silent. */
    public LoopSettings(Mode mode, Pickup pickup, FailureVerdicts on, LaterRules laterRules) {
        this(mode, pickup, on, laterRules, RefusalAnswers.NONE);
    }
}
