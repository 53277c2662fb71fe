package io.secgroupd.daemon.hooks;

import io.secgroupd.rules.net.Hook;

/**
 * The kernel's count of one step, both families together.
 *
 * @param packets the number of packets since the skeleton was installed or restored; it survives the daemon
 */
public record HookCount(Hook hook, CountedStep step, long packets) {}
