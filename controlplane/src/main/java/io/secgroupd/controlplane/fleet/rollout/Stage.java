package io.secgroupd.controlplane.fleet.rollout;

/** How far a roll-out is. */
public enum Stage {
    /** It goes on by itself. */
    RUNNING,
    /** It waits for the person who halted it: hosts that have its revision keep it, and no more get it. */
    HALTED,
    /** It was halted by what a host has said. Its revision is taken back by one that says what was before. */
    FAILED,
    /** All hosts get its revision. */
    DONE
}
