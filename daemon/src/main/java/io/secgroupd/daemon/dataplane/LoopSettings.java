package io.secgroupd.daemon.dataplane;

/** How packets are served, the same in every loop. */
public record LoopSettings(Mode mode, PickupMode pickup, FailureSettings on) {

    /** What a host does that sets nothing. */
    public static final LoopSettings DEFAULT = new LoopSettings(Mode.ENFORCE, PickupMode.JUDGE, FailureSettings.CLOSED);
}
