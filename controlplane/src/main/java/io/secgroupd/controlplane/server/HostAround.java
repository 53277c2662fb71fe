package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.publish.LocalDaemon;

/**
 * The daemon of the host that a control server runs on.
 *
 * @param daemon  takes changes
 * @param console tells of its traffic
 */
public record HostAround(LocalDaemon daemon, ConsoleHost console) {

    /** No daemon runs here. */
    public static final HostAround NONE = new HostAround(LocalDaemon.NONE, ConsoleHost.NONE);
}
