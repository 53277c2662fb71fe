package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the policy that is being tried. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "End what apply --confirm is trying.",
            "What was in force before comes back now; the rules file was never touched. Needs root."
        },
        exitCodeList = "1:nothing is being tried",
        footer = "  sudo secgroupd rollback")
public final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Override
    public Integer call() {
        return new DaemonCall(common).ask("POST", "/rollback");
    }
}
