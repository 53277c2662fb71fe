package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.PolicyInput;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts another rules file in force, for good or until the time for confirming it runs out. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Put another file in force, for good or to be confirmed.",
            "It is checked first, and written where the rules file is. With --confirm it is tried, and what was in force",
            "comes back by itself unless secgroupd confirm is run in time. Needs root."
        },
        exitCodeList = "1:the file was refused, or would lock out whoever asks; the policy before it stays in force",
        footer = {"  sudo secgroupd apply --confirm 60s new.yaml   then, if all is well:", "  sudo secgroupd confirm"})
public final class ApplyCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final TrialOptions trial = new TrialOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "The rules file to put in force. What it includes is looked for beside"
                    + " the rules file of the daemon.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Path file;

    @Override
    public Integer call() {
        Query query = Query.of("name", Optional.of(file.toString()));
        return trial.run(common, "/apply", query, PolicyInput.bytes(file));
    }
}
