package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A revision that has come into force, until its first minute is over. */
record FirstMinute(HostReport report, DaemonState begun, long due) {

    /** How long it still lasts. */
    Duration rest() {
        return Duration.ofNanos(Math.max(0, due - System.nanoTime()));
    }

    /** The report with the refused packets of the minute; empty when they are not known. */
    Optional<HostReport> over(HostDaemon daemon) throws IOException {
        return Refusals.between(begun, daemon.state()).stream()
                .mapToObj(report::after)
                .findFirst();
    }
}
