package io.secgroupd.daemon.cli.logs;

import io.secgroupd.daemon.cli.common.OutputOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The output options of the flow log. Unlike other commands, it has a third format. */
final class LogsOutputOptions {

    /** The formats of lines. */
    enum LogOutput {
        TEXT,
        JSON,
        VPC
    }

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "text, json or vpc, whatever the file's is (text).")
    LogOutput output = LogOutput.TEXT;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never (auto).")
    OutputOptions.Color color = OutputOptions.Color.AUTO;

    @Option(names = "--config", paramLabel = "FILE", description = "Host settings (/etc/secgroupd/daemon.yaml).")
    @Nullable
    Path config;

    @Option(names = "--debug", description = "Show where in the program an error arose.")
    boolean debug;
}
