package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Keeps the policy that is being tried. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = {
            "Keep what apply --confirm is trying.",
            "The tried file is written where the rules file is, with the owner and mode of that. Needs root."
        },
        exitCodeList = "1:nothing is being tried",
        footer = "  sudo secgroupd confirm")
final class ConfirmCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var daemon = new DaemonCall(common, spec.commandLine().getErr());
        return new Confirmation(daemon).run(spec.commandLine().getOut());
    }
}
