package io.secgroupd.controlplane.store;

/** What came of a change. */
public sealed interface PutResult {

    /** The policy is what was asked for: a new revision, or the same as before when nothing had to change. */
    record Stored(Revision revision) implements PutResult {}

    /** The policy had become another one, and was left alone. */
    record Superseded(Revision newest) implements PutResult {}
}
