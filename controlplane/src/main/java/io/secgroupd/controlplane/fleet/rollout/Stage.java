package io.secgroupd.controlplane.fleet.rollout;

/** How far a roll-out is. */
public enum Stage {
    /** It goes on by itself. */
    RUNNING,
    /** It waits for a person: hosts that have its revision keep it, and no more get it. */
    HALTED,
    /** All hosts get its revision. */
    DONE
}
