package io.secgroupd.daemon.admin;

import java.time.Duration;

/**
 * The daemon as {@code secgroupd pull} sees it, which tries the revisions of its control server and writes them itself. It
 * has no say in a trial that an operator began. Safe for use by several threads.
 */
public interface FleetApi {

    /**
     * Puts a revision in force until it is confirmed or its time runs out. It replaces an earlier one that is still on trial.
     *
     * @param revision with all of its files: none is looked for on the disk
     */
    ReloadOutcome tryOut(GuardRequest revision, Duration time);

    /**
     * Keeps the revision on trial in force for a while, so that its time does not run out while its files are written.
     *
     * @param hash the hash of the revision that is meant
     */
    ReloadOutcome hold(String hash);

    /** Ends the trial of the revision with this hash because the files now say the same; they are followed again. */
    ReloadOutcome confirm(String hash);

    /** Ends the trial of the revision with this hash, and restores what was in force before. */
    ReloadOutcome rollBack(String hash);
}
