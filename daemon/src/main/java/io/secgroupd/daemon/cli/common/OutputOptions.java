package io.secgroupd.daemon.cli.common;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec command;

    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    public PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Arguments that picocli accepts but that make no sense together; exit code and hint are picocli's. */
    public ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    public boolean json() {
        return output == Output.JSON;
    }
}
