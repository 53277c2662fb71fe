package io.secgroupd.daemon.control;

import io.secgroupd.daemon.terms.Existing;
import java.time.Duration;
import java.util.Optional;

/**
 * A policy that is to take the place of the one in force.
 *
 * @param took     to read, compile and select it
 * @param existing what becomes of running connections, when the settings are not to decide
 */
public record PolicyChange(HostPolicy policy, Duration took, Optional<Existing> existing) {}
