package io.secgroupd.daemon.cli.common;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command understands, whether or not it takes a rules file. */
public class OutputOptions {

    static final Path CONFIG = Path.of("/etc/secgroupd/daemon.yaml");

    /** What a command prints. */
    enum Output {
        TEXT,
        JSON
    }

    /** When text is coloured. */
    public enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(names = "--config", paramLabel = "FILE", description = "Host settings (/etc/secgroupd/daemon.yaml).")
    @Nullable
    public Path config;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json (text).")
    Output output = Output.TEXT;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never (auto).")
    Color color = Color.AUTO;

    @Option(names = "--debug", description = "Show where in the program an error arose.")
    public boolean debug;

    public boolean json() {
        return output == Output.JSON;
    }
}
