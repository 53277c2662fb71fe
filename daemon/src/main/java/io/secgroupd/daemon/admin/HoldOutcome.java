package io.secgroupd.daemon.admin;

import java.util.Optional;

/**
 * The result of a request to hold the candidate.
 *
 * @param held    it, unless it was refused
 * @param outcome says why it was refused, if it was
 */
public record HoldOutcome(Optional<HeldCandidate> held, ReloadOutcome outcome) {

    /**
     * The policy on trial, for the program that writes it to the rules file.
     *
     * @param hash     hex SHA-256 of the policy: reading the content there must give it
     * @param rules    the file that the daemon follows. It is only to be compared with the file that is about to be
     *                 written, and must never decide which file is written
     * @param expected hex SHA-256 of what the rules file said when the trial began
     * @param by       who began it; empty when that is not known
     */
    public record HeldCandidate(String hash, String rules, String expected, String by, String content) {}
}
