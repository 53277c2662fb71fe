package io.secgroupd.daemon.admin;

import java.util.List;
import java.util.Optional;

/** The daemon as the admin socket sees it. Safe for several threads. */
public interface AdminApi {

    /** Everything as it is now. Takes a moment, no more. */
    DaemonStatus status();

    /** Every rule in force here with its hits, in the order of the policy. */
    List<RuleUse> rules();

    /** Reads the files anew and says what came of it. Takes as long as reading and compiling does. */
    ReloadOutcome reload();

    /** Puts a candidate in force until it is confirmed or its time is over. */
    ReloadOutcome apply(ApplyRequest request);

    /**
     * What is being tried, held for a while: it does not end by time before it can have been written and confirmed.
     *
     * @param hash the first digits of that which is meant; empty: what the one who asks began
     * @param by   the person who asks, if known
     */
    HoldOutcome hold(Optional<String> hash, Optional<String> by);

    /**
     * The rules file says by now what is tried: it is followed again.
     *
     * @param hash of what is meant
     */
    ReloadOutcome confirm(String hash);

    /** What was in force before the candidate comes back now. */
    ReloadOutcome rollback();
}
