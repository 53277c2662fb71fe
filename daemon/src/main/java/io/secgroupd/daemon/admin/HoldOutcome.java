package io.secgroupd.daemon.admin;

import java.util.Optional;

/**
 * What came of asking for the candidate.
 *
 * @param held    it, unless it was refused
 * @param outcome says why not, if so
 */
public record HoldOutcome(Optional<HeldCandidate> held, ReloadOutcome outcome) {}
