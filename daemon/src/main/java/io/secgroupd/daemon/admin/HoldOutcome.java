package io.secgroupd.daemon.admin;

import java.util.Optional;

/**
 * The result of a request to hold the candidate.
 *
 * @param held    it, unless it was refused
 * @param outcome says why it was refused, if it was
 */
public record HoldOutcome(Optional<HeldCandidate> held, ReloadOutcome outcome) {}
