package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.service.SettingsMapping;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.terms.Backend;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the netfilter skeleton. */
@Command(
        name = "ruleset",
        mixinStandardHelpOptions = true,
        description = {
            "Print the netfilter skeleton as it would be installed.",
            "Needs no rights. auto prints what nft would get: only a trial finds out which backend auto means here (secgroupd doctor)."
        },
        footer = "  secgroupd ruleset --backend nft | less")
final class RulesetCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            description = "nft or iptables (hooks.backend of daemon.yaml).")
    private @Nullable Backend backend;

    @Override
    public Integer call() {
        DaemonSettings settings = SettingsFile.read(common.config, common.err());
        Backend wanted = Optional.ofNullable(backend).orElse(settings.hooks().backend());
        // What auto means is found by a trial, which needs rights. Current kernels take nft.
        Backend printed = wanted == Backend.AUTO ? Backend.NFT : wanted;
        common.out().print(Hooks.print(printed, SettingsMapping.skeleton(settings)));
        common.out().flush();
        return ExitCode.DONE;
    }
}
