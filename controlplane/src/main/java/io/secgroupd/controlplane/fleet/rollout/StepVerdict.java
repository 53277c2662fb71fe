package io.secgroupd.controlplane.fleet.rollout;

/** What is to be done with a roll-out now. */
public sealed interface StepVerdict {

    /**
     * Nothing yet.
     *
     * @param why what is waited for
     */
    record Wait(String why) implements StepVerdict {}

    /** The step is over, and its hosts are well. */
    record Next() implements StepVerdict {}

    /**
     * No more hosts may get the revision until a person says so.
     *
     * @param why names a host, and what is wrong there
     */
    record Halt(String why) implements StepVerdict {}
}
