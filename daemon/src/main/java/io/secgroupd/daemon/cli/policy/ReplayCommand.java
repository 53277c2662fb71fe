package io.secgroupd.daemon.cli.policy;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.daemon.cli.common.ThisHost;
import io.secgroupd.daemon.log.LibraryLog;
import io.secgroupd.daemon.replay.Replay;
import io.secgroupd.daemon.replay.ReplayException;
import io.secgroupd.daemon.replay.ReplayTally;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.text.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges recorded connections by current or proposed rules. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Judge the flows of a capture or of a flow log by the rules.",
            "A capture is pcap or pcapng, a flow log ours or AWS's. Prints each flow with its verdict and rule, both halves judged, and counts them."
        },
        exitCodeList = {
            "0:every flow is accepted; with --against, no verdict changes",
            "1:a flow is rejected; with --against, a verdict changes",
            "3:the file cannot be read, or only a part of it, or nothing in it could be judged"
        },
        footer = "  secgroupd replay yesterday.pcapng --against rules.new.yaml")
public final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "A capture, as tcpdump -w writes it, or a flow log; its old files are read too.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Path file;

    @Option(
            names = "--against",
            paramLabel = "NEW",
            description = "A rules file that might come: show only the flows whose verdict it would change.")
    private @Nullable Path against;

    @Override
    public Integer call() {
        LibraryLog.silencePcap4j();
        PolicyFile.requireFile(file);
        Explainer rules = read(common.rulesGiven().orElse(CommonOptions.RULES));
        var tally = new ReplayTally(rules, Optional.ofNullable(against).map(this::read));
        Replay.ReplayResult result = judge(tally);
        print(tally, result.remarks());
        if (!result.whole()) {
            return ExitCode.FAILED;
        }
        return tally.saysNo() ? ExitCode.NO : ExitCode.DONE;
    }

    private Explainer read(Path path) {
        return new ThisHost(common).asked(PolicyFile.toAsk(path, Instant.now(), common.err()));
    }

    private Replay.ReplayResult judge(ReplayTally tally) {
        try {
            return Replay.of(file, tally);
        } catch (ReplayException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private void print(ReplayTally tally, List<String> remarks) {
        PrintWriter out = common.out();
        if (common.json()) {
            JsonOutput.print(out, json -> ReplayJson.write(tally, remarks, json));
        } else {
            ReplayText.print(tally, out);
        }
        remarks.forEach(remark -> common.err().println("secgroupd: " + Printable.shown(remark)));
    }
}
