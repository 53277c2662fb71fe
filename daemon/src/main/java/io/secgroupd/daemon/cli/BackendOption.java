package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.terms.Backend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The tool that carries the skeleton, when it is not the one of the settings. */
final class BackendOption {

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            description = "auto, nft or iptables (hooks.backend of daemon.yaml).")
    @Nullable
    Backend backend;
}
