package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.terms.FlowLogFormat;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the flow log goes, how it is written, and which host and start it is of.
 *
 * @param start       names this start of the daemon
 * @param host        the name of this host
 * @param aggregate   equal rejects within this time become one line; zero = every one has its line
 * @param rotateBytes size from which the file is rotated
 * @param keep        how many rotated files are kept
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
