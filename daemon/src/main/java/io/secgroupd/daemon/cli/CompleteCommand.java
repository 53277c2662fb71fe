package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the names that a shell completes: asked by the script of {@link CompletionCommand} at each press of Tab. */
@Command(name = "complete", hidden = true, description = "Print names of the rules file, one a line.")
final class CompleteCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private PolicyNames.NameKind kind;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var rules = common.rulesGiven()
                .orElseGet(() -> SettingsFile.tryToRead(common)
                        .settings()
                        .orElse(DaemonSettings.DEFAULT)
                        .rules());
        PolicyNames.of(rules, kind).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
