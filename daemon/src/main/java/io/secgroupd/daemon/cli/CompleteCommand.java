package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the names that a shell completes. The script of {@link CompletionCommand} calls it at each press of Tab. */
@Command(name = "complete", hidden = true, description = "Print names of the rules file, one a line.")
final class CompleteCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private PolicyNames.NameKind kind;

    @Override
    public Integer call() {
        var rules = common.rulesGiven()
                .orElseGet(() -> SettingsFile.tryToRead(common.config)
                        .settings()
                        .orElse(DaemonSettings.DEFAULT)
                        .rules());
        PolicyNames.of(rules, kind).forEach(common.out()::println);
        common.out().flush();
        return ExitCode.DONE;
    }
}
