package io.secgroupd.daemon.dataplane;

/**
 * How packets are served, the same in every loop.
 *
 * @param laterRules the host's own rules that an accepted packet has still to meet
 */
public record LoopSettings(Mode mode, PickupMode pickup, FailureSettings on, LaterRules laterRules) {

    /** What a host does that sets nothing. */
    public static final LoopSettings DEFAULT = new LoopSettings(Mode.ENFORCE, PickupMode.JUDGE, FailureSettings.CLOSED);

    /** Where nothing stands behind the queue. */
    public LoopSettings(Mode mode, PickupMode pickup, FailureSettings on) {
        this(mode, pickup, on, LaterRules.NONE);
    }
}
