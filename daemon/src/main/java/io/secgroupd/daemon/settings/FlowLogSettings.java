package io.secgroupd.daemon.settings;

import io.secgroupd.daemon.terms.FlowLogFormat;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The record of decisions.
 *
 * @param accept    whether accepted connections are written
 * @param reject    whether rejected ones are written
 * @param aggregate equal rejects within this time become one line, 0–1 h; 0 = every one has its line
 * @param rotate    a file of this many bytes is closed and a new one begun, from 64 KiB
 * @param keep      closed files that stay, 0–1000
 */
public record FlowLogSettings(
        Path path, FlowLogFormat format, boolean accept, boolean reject, Duration aggregate, long rotate, int keep) {

    public static final FlowLogSettings DEFAULT = new FlowLogSettings(
            Path.of("/var/log/secgroupd/flows.log"),
            FlowLogFormat.JSON,
            true,
            true,
            Duration.ofSeconds(10),
            100_000_000,
            10);
}
