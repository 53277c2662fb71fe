package io.secgroupd.daemon.cli.common;

import io.secgroupd.daemon.control.FileObstacle;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that takes a rules file. */
public final class CommonOptions extends OutputOptions {

    public static final Path RULES = FileObstacle.DEFAULT_RULES;

    @Option(names = "--rules", paramLabel = "FILE", description = "Control-plane file (/etc/secgroupd/rules.yaml).")
    @Nullable
    public Path rules;

    public Optional<Path> rulesGiven() {
        return Optional.ofNullable(rules);
    }
}
