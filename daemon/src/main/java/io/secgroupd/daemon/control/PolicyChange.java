package io.secgroupd.daemon.control;

import io.secgroupd.daemon.terms.Existing;
import java.time.Duration;
import java.util.Optional;

/**
 * A policy that is to replace the one in force.
 *
 * @param took how long it took to read, compile and select the policy
 * @param existing what happens to running connections; empty: as the settings say
 */
public record PolicyChange(HostPolicy policy, Duration took, Optional<Existing> existing) {}
