package io.secgroupd.daemon.admin;

import java.util.List;
import java.util.Optional;

/** The daemon as the admin socket sees it. Safe for several threads. */
public interface AdminApi {

    /** The state of everything now. Does not take long. */
    DaemonStatus status();

    /** Every rule in force here with its hits, in the order of the policy. */
    List<RuleUse> rules();

    /** Reads the files anew and returns the result. Takes as long as reading and compiling does. */
    ReloadOutcome reload();

    /** Puts a candidate in force until it is confirmed or its time is over. */
    ReloadOutcome apply(ApplyRequest request);

    /**
     * Holds the policy on trial for a while, so that its time does not end before it can have been written and
     * confirmed.
     *
     * @param hash the first digits of the hash of the policy that is meant; empty for the one that the person who asks
     *             began
     * @param by   the person who asks, if known
     */
    HoldOutcome hold(Optional<String> hash, Optional<String> by);

    /**
     * Ends the trial because the rules file now has the policy on trial; the file is followed again.
     *
     * @param hash of the policy that is meant
     */
    ReloadOutcome confirm(String hash);

    /** Puts back at once what was in force before the candidate. */
    ReloadOutcome rollback();
}
