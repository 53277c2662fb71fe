package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.terms.FlowLogFormat;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The destination and format of the flow log, and the host and start of the daemon that it belongs to.
 *
 * @param start       the name of this start of the daemon
 * @param host        the name of this host
 * @param aggregate   the time within which equal rejects become one line; zero gives each its own line
 * @param rotateBytes the size at which the file is rotated
 * @param keep        the number of rotated files to keep
 */
public record FlowLogTarget(
        Path path, FlowLogFormat format, String start, String host, Duration aggregate, long rotateBytes, int keep) {

    LineFormat lines() {
        return switch (format) {
            case JSON -> jsonLines();
            case VPC -> new VpcFormat(host);
        };
    }

    LineFormat jsonLines() {
        return new JsonFormat(start, host, new InterfaceNames());
    }
}
