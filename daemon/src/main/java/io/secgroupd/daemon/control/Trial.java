package io.secgroupd.daemon.control;

import io.secgroupd.daemon.terms.Existing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A policy in force that differs from the rules file. It stays until it is confirmed or its time is over.
 *
 * @param asked what was asked for, and by whom
 * @param hash the hash of the policy; a confirmation must name it
 * @param file the {@link FileContent#hash} of the rules file when the trial began: a later one is an edit that must not be
 * lost
 * @param before the policy that comes back without a confirmation
 * @param until the end by {@link SteadyTime}, so that a change of the host's clock neither ends nor prolongs a trial
 */
public record Trial(TrialRequest asked, String hash, String file, HostPolicy before, Instant until) {

    /**
     * A request for a trial.
     *
     * @param candidate a copy of the candidate's content
     * @param by the person who asked; empty when unknown
     * @param file the {@link FileContent#hash} of the rules file before the candidate was judged
     * @param existing what happens to running connections, now and when the trial ends: those that it cut come back
     * @param fleet whether {@code secgroupd pull} asked: it writes the files itself, and no operator confirms them
     */
    public record TrialRequest(
            Path candidate,
            Optional<String> by,
            String file,
            Optional<Existing> existing,
            Duration time,
            boolean fleet) {}

    /** The same trial with a later end, if it is later. */
    Trial until(Instant other) {
        return other.isAfter(until) ? new Trial(asked, hash, file, before, other) : this;
    }

    /**
     * Whether the files may say by now what is tried. A revision of a control server may differ in an included file alone.
     *
     * @param now the {@link FileContent#hash} of the rules file
     */
    boolean mayBeWritten(String now) {
        return asked.fleet() || !now.equals(file);
    }

    /** The first digits of the hash, as log lines show it. */
    public String shortHash() {
        return HostPolicy.shortHash(hash);
    }
}
