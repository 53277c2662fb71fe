package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the candidate. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description = {
            "End the candidate, and forget what it was found to do.",
            "The policy in force stays as it is; the lines of the flow log stay too. Needs root."
        },
        exitCodeList = "1:no candidate is judged",
        footer = "  sudo secgroupd shadow drop")
final class ShadowDropCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Override
    public Integer call() {
        return new DaemonCall(common).ask("POST", "/shadow/drop");
    }
}
