package io.secgroupd.daemon.admin;

import java.util.Optional;

/**
 * The result of a request to hold the candidate.
 *
 * @param held    the policy on trial, unless the request was refused
 * @param outcome the result, with the reason if the request was refused
 */
public record HoldOutcome(Optional<HeldCandidate> held, ReloadOutcome outcome) {

    /**
     * The policy on trial, for the program that writes it to the rules file.
     *
     * @param hash     hex SHA-256 of the policy: reading the content there must give it
     * @param rules    the file that the daemon follows. It is only to be compared with the file that is about to be
     *                 written, and must never decide which file is written
     * @param expected hex SHA-256 of the rules file when the trial began
     * @param by       the person who began it; empty when unknown
     */
    public record HeldCandidate(String hash, String rules, String expected, String by, String content) {}
}
