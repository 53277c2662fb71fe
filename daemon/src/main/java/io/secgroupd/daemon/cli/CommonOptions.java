package io.secgroupd.daemon.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that takes a rules file. */
final class CommonOptions extends OutputOptions {

    static final Path RULES = Path.of("/etc/secgroupd/rules.yaml");

    @Option(names = "--rules", paramLabel = "FILE", description = "Control-plane file (/etc/secgroupd/rules.yaml).")
    @Nullable
    Path rules;

    Optional<Path> rulesGiven() {
        return Optional.ofNullable(rules);
    }
}
