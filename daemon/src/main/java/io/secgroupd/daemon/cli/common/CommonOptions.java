package io.secgroupd.daemon.cli.common;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that takes a rules file. */
public final class CommonOptions extends OutputOptions {

    public static final Path RULES = Path.of("/etc/secgroupd/rules.yaml");

    @Option(names = "--rules", paramLabel = "FILE", description = "Control-plane file (/etc/secgroupd/rules.yaml).")
    @Nullable
    public Path rules;

    public Optional<Path> rulesGiven() {
        return Optional.ofNullable(rules);
    }
}
