package io.secgroupd.daemon.control;

import java.time.Duration;

/**
 * A policy that is to take the place of the one in force.
 *
 * @param took to read, compile and select it
 */
public record NextPolicy(LoadedPolicy policy, Duration took) {}
