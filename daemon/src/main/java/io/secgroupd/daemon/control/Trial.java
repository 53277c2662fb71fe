package io.secgroupd.daemon.control;

import io.secgroupd.daemon.control.NextPolicy.Existing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A policy in force that is not that of the rules file: it stays until it is confirmed, or until its time is over.
 *
 * @param candidate the file that it was read from
 * @param before    what comes back into force without a confirmation
 * @param existing  what became of running connections, and does again when the trial ends: those that it cut come back
 */
public record Trial(Path candidate, LoadedPolicy before, Instant until, Optional<Existing> existing) {}
