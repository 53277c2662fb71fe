package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.Operator;
import io.secgroupd.daemon.cli.common.OutputOptions;
import io.secgroupd.daemon.cli.common.PolicyInput;
import io.secgroupd.rules.text.Quote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a candidate judged beside the policy in force. */
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[status | accept | promote | drop]",
        description = {
            "Judge a candidate beside the policy in force.",
            "Nothing is refused or let in by it. What it would refuse that is let in now, and what it would let in that is"
                    + " refused now, is told by shadow status, by status, and in the flow log. It survives a restart. Needs root."
        },
        subcommands = {
            ShadowStatusCommand.class,
            ShadowAcceptCommand.class,
            ShadowPromoteCommand.class,
            ShadowDropCommand.class
        },
        exitCodeList = "1:the file was refused, or another candidate is judged already",
        footer = {
            "  sudo secgroupd shadow new.yaml",
            "  secgroupd shadow status                       then, a week later:",
            "  sudo secgroupd shadow promote --if-quiet 7d"
        })
public final class ShadowCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The rules file to judge. What it includes is looked for beside the rules file of the daemon.")
    private @Nullable Path file;

    @Option(names = "--for", paramLabel = "TIME", description = "When it ends by itself, such as 36h (14d).")
    private String time = "14d";

    @Override
    public Integer call() {
        Path candidate = file;
        if (candidate == null) {
            throw common.misuse("which file? or status, accept, promote or drop?");
        }
        Query query = Query.of("for", Optional.of(Long.toString(seconds().toSeconds())))
                .and("name", Optional.of(candidate.toString()))
                .and("by", Operator.name());
        var daemon = new DaemonCall(common);
        return daemon.print(daemon.change("/shadow/begin" + query, PolicyInput.bytes(candidate)));
    }

    private Duration seconds() {
        return TimeSpan.parse(time)
                .orElseThrow(() -> common.misuse(
                        "--for " + Quote.of(time) + " is not a time from 1s to 365d; write one, such as 14d"));
    }
}
