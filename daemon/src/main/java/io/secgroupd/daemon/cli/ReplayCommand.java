package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.capture.CaptureException;
import io.secgroupd.daemon.capture.CaptureFile;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.daemon.log.LibraryLog;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.text.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges yesterday's connections by the rules of today, or of tomorrow. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Judge the flows of a capture (pcap or pcapng) or of a flow log, ours or AWS's, by the rules.",
            "Prints each flow with its verdict and rule, both halves judged, and counts them."
        },
        exitCodeList = {
            "0:every flow is accepted; with --against, no verdict changes",
            "1:a flow is rejected; with --against, a verdict changes",
            "3:the file cannot be read, or only a part of it, or nothing in it could be judged"
        },
        footer = "  secgroupd replay yesterday.pcapng --against rules.new.yaml")
final class ReplayCommand implements Callable<Integer> {

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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        LibraryLog.silencePcap4j();
        PolicyFile.requireFile(file);
        Explainer rules = read(common.rulesGiven().orElse(CommonOptions.RULES));
        var tally = new ReplayTally(rules, Optional.ofNullable(against).map(this::read));
        var remarks = new ArrayList<String>();
        boolean whole = readFile(tally, remarks);
        print(tally, remarks);
        return whole ? tally.exitCode() : ExitCode.FAILED;
    }

    private Explainer read(Path path) {
        return new ThisHost(common)
                .asked(PolicyFile.toAsk(path, spec.commandLine().getErr()));
    }

    /** False when only a part could be read. */
    private boolean readFile(ReplayTally tally, List<String> remarks) {
        try {
            return switch (FileKind.of(file)) {
                case CAPTURE -> readCapture(tally, remarks);
                case COMPRESSED_CAPTURE ->
                    throw new CommandFailedException(
                            ExitCode.FAILED, file + " is a compressed capture: unpack it with gunzip, and replay that");
                case FLOW_LOG -> LoggedFlows.replay(file, tally, remarks);
            };
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean readCapture(ReplayTally tally, List<String> remarks) {
        try (CaptureFile capture = CaptureFile.open(file)) {
            CaptureFile.CaptureSummary summary = capture.read(flow -> tally.add(RecordedFlow.of(flow), 1));
            remarks.addAll(CaptureRemarks.of(file, summary, tally.flows()));
            boolean nothingJudged = tally.flows() == 0 && summary.undecodable() + summary.others() > 0;
            return summary.damage().isEmpty() && !nothingJudged;
        } catch (CaptureException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private void print(ReplayTally tally, List<String> remarks) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json()) {
            JsonOutput.print(out, json -> ReplayJson.write(tally, remarks, json));
        } else {
            ReplayText.print(tally, out);
        }
        remarks.forEach(remark -> spec.commandLine().getErr().println("secgroupd: " + Printable.shown(remark)));
    }
}
