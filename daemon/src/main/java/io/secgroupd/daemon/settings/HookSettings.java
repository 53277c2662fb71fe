package io.secgroupd.daemon.settings;

import io.secgroupd.daemon.hooks.Backend;

/**
 * Where packets are taken out of the kernel.
 *
 * @param input   what comes to this host
 * @param output  what this host opens
 * @param forward what is routed through this host from or to an address of a carried instance
 */
public record HookSettings(Backend backend, boolean input, boolean output, boolean forward) {

    public static final HookSettings DEFAULT = new HookSettings(Backend.AUTO, true, true, false);
}
