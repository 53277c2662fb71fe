package io.secgroupd.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends the policy that is being tried. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "End what secgroupd apply --confirm is trying: what was in force before comes back now.")
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var daemon = new DaemonCall(common, spec.commandLine().getErr());
        return daemon.ask("POST", "/rollback", spec.commandLine().getOut());
    }
}
