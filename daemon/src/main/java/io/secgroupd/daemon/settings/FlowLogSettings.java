package io.secgroupd.daemon.settings;

import io.secgroupd.daemon.terms.FlowLogFormat;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of the log of decisions.
 *
 * @param accept    whether accepted connections are logged
 * @param reject    whether rejected ones are logged
 * @param aggregate the time within which equal rejects become one line, 0–1 h; 0 = a line for each
 * @param rotate    the size in bytes at which a file is closed and a new one begun, from 64 KiB
 * @param keep      the number of closed files that are kept, 0–1000
 * @param units     whether lines name the unit behind a socket of this host
 */
public record FlowLogSettings(
        Path path,
        FlowLogFormat format,
        boolean accept,
        boolean reject,
        Duration aggregate,
        long rotate,
        int keep,
        boolean units) {

    public static final FlowLogSettings DEFAULT = new FlowLogSettings(
            Path.of("/var/log/secgroupd/flows.log"),
            FlowLogFormat.JSON,
            true,
            true,
            Duration.ofSeconds(10),
            100_000_000,
            10,
            true);
}
