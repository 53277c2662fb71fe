package io.secgroupd.daemon.cli.policy;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.DiffJson;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.daemon.cli.common.PolicyInput;
import io.secgroupd.rules.analyze.DiffText;
import io.secgroupd.rules.analyze.PolicyDiff;
import io.secgroupd.rules.compile.CompiledPolicy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how the meaning of two rules files differs. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Say what changes in meaning between two rules files.",
            "Prints the exact sets of flows newly allowed (+) and newly rejected (-), by instance and direction,",
            "the invariants that come, go or change, and the instances that observe from then on, or no longer."
        },
        exitCodeList = {"0:the two mean the same", "1:they differ in meaning"},
        footer = "  secgroupd diff /etc/secgroupd/rules.yaml rules.new.yaml")
public final class DiffCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final MomentOption moment = new MomentOption();

    @Parameters(index = "0", paramLabel = "OLD", description = "The rules file as it is; - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The rules file as it would be; - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Path after;

    @Override
    public Integer call() {
        if (PolicyInput.isStandardInput(before) && PolicyInput.isStandardInput(after)) {
            throw common.misuse("standard input can be read once only: give one of the two as a file");
        }
        Instant at = moment.instant(common);
        PolicyDiff diff = PolicyDiff.between(read(before, at), read(after, at));
        PrintWriter out = common.out();
        if (common.json()) {
            JsonOutput.print(out, json -> DiffJson.write(diff, json));
        } else {
            out.print(DiffText.of(diff));
            out.flush();
        }
        return diff.isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private CompiledPolicy read(Path path, Instant at) {
        return PolicyFile.toAsk(path, at, common.err());
    }
}
