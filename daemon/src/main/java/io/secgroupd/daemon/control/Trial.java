package io.secgroupd.daemon.control;

import io.secgroupd.daemon.terms.Existing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A policy in force that is not that of the rules file: it stays until it is confirmed, or until its time is over.
 *
 * @param asked    for what, and by whom
 * @param hash     of the policy: whoever confirms must name it
 * @param file     what the rules file said when the trial began, as {@link FileContent#hash}: whatever it says later is an
 *                 edit that nobody may lose
 * @param before   what comes back into force without a confirmation
 * @param until    by {@link SteadyTime}: a step of the host's clock ends no trial, and lets none go on
 */
public record Trial(TrialRequest asked, String hash, String file, HostPolicy before, Instant until) {

    /**
     * What is to be tried.
     *
     * @param candidate a copy of the candidate's content
     * @param by        the person who asked for it; empty when that is not known
     * @param file      what the rules file said before the candidate was judged, as {@link FileContent#hash}
     * @param existing  what becomes of running connections, and does again when the trial ends: those that it cut come back
     */
    public record TrialRequest(
            Path candidate, Optional<String> by, String file, Optional<Existing> existing, Duration time) {}

    /** The same trial with a later end, if it is later. */
    Trial until(Instant other) {
        return other.isAfter(until) ? new Trial(asked, hash, file, before, other) : this;
    }

    /** The first digits of the hash, as log lines show it. */
    public String shortHash() {
        return HostPolicy.shortHash(hash);
    }
}
