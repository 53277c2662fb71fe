package io.secgroupd.daemon.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The daemon as the admin socket sees it. Safe for use by several threads. */
public interface AdminApi {

    /** The current state of everything. Returns quickly. */
    DaemonStatus status();

    /** Every rule in force here with its hits, in the order of the policy. */
    List<RuleUse> rules();

    /**
     * Writes the decisions that the flow log has from a time on, as JSON lines, the oldest first. Takes as long as reading
     * its files does.
     *
     * @throws IOException with a clause, when the log is no file or cannot be read
     */
    void log(Instant from, OutputStream lines) throws IOException;

    /** Reads the files again and returns the result. Takes as long as reading and compiling them does. */
    ReloadOutcome reload();

    /** Returns the reason why a change must not be written to the rules files; empty when there is none. */
    Optional<String> objection(GuardRequest request);

    /** Puts a candidate in force until it is confirmed or its time runs out. */
    ReloadOutcome apply(ApplyRequest request);

    /**
     * Keeps the policy on trial in force for a while, so that its time does not run out while it is being written and
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
     * @param hash the hash of the policy that is meant
     */
    ReloadOutcome confirm(String hash);

    /** Restores at once the policy that was in force before the candidate. */
    ReloadOutcome rollback();

    /** The candidate that is judged beside the policy in force. */
    ShadowApi shadow();

    /** The trials that {@code secgroupd pull} makes. */
    FleetApi fleet();
}
