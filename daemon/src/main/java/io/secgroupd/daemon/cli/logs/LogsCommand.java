package io.secgroupd.daemon.cli.logs;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.LogsFilterOptions;
import io.secgroupd.daemon.cli.common.LogsFilterOptions.Times;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.cli.common.TerminalStyle;
import io.secgroupd.daemon.cli.logs.LogsOutputOptions.LogOutput;
import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.daemon.flowlog.read.FlowLogReader;
import io.secgroupd.daemon.flowlog.read.LineSink;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.read.UnreadableLines;
import io.secgroupd.daemon.flowlog.view.JsonText;
import io.secgroupd.daemon.flowlog.view.LineText;
import io.secgroupd.daemon.flowlog.view.Listing;
import io.secgroupd.daemon.flowlog.view.LogSummary;
import io.secgroupd.daemon.flowlog.view.Ranked;
import io.secgroupd.daemon.flowlog.view.Ranking;
import io.secgroupd.daemon.flowlog.view.Report;
import io.secgroupd.daemon.flowlog.view.TextLine;
import io.secgroupd.daemon.flowlog.view.TimeOrder;
import io.secgroupd.daemon.flowlog.view.VpcText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads the flow log: its lines, who or what has the most packets, or everything on one screen. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Read the flow log: its lines, a ranking or a summary.",
            "Rotated and compressed files are read too, also logrotate's, in order of time; flow",
            "logs of AWS are read too. Of several values (--port 22,80) one must match."
        },
        footer = {
            "  secgroupd logs --since 1h --summary     what happened in the last hour",
            "  secgroupd logs --reject --top src       who is refused most",
            "  secgroupd logs --reject --follow        what is refused, as it happens"
        },
        exitCodeList = {"0:something was found", "1:nothing matches", "3:a file cannot be read"})
public final class LogsCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The current file (flow_log.path of the host settings).")
    private @Nullable Path file;

    @Option(
            names = {"-f", "--follow"},
            description = "Then go on with what is written from now on.")
    private boolean follow;

    @Mixin
    private final LogsFilterOptions filters = new LogsFilterOptions();

    @Option(names = "--top", paramLabel = "WHAT", description = "Rank by packets: src, dst, port, rule, pair or unit.")
    private @Nullable Ranked top;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "10", description = "Rows of --top (10).")
    private int limit;

    @Option(names = "--summary", description = "All on one screen, with bars.")
    private boolean summary;

    @Mixin
    private final LogsOutputOptions common = new LogsOutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        refuseWhatDoesNotGoTogether();
        Times times = filters.times(System.currentTimeMillis());
        Path log = file != null
                ? file
                : SettingsFile.read(common.config, err()).flowLog().path();
        Report report = report();
        if (report != null) {
            read(log, times, report);
            print(report);
            return exitCode(report.decisions());
        }
        var listing = new Listing(lines(), out());
        read(log, times, new TimeOrder(listing));
        return exitCode(listing.decisions());
    }

    private void refuseWhatDoesNotGoTogether() {
        require(top == null || !summary, "--top and --summary are two answers; ask for one");
        boolean reports = top != null || summary;
        require(!reports || !follow, "--follow shows lines; leave out --top and --summary");
        require(!reports || common.output != LogOutput.VPC, "a ranking is not a flow: --output is text or json");
        require(limit > 0, "--limit is 1 or more");
        require(!follow || !filters.hasUntil(), "--follow has no end; leave out --until");
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private @Nullable Report report() {
        if (top != null) {
            return new Ranking(top, limit);
        }
        return summary ? new LogSummary() : null;
    }

    private LineText lines() {
        return switch (common.output) {
            case TEXT -> new TextLine(TerminalStyle.of(common.color));
            case JSON -> new JsonText();
            case VPC -> new VpcText();
        };
    }

    private void read(Path log, Times times, LineSink sink) throws InterruptedException {
        FlowFilter filter = filters.filter(times);
        var damage = new UnreadableLines();
        try {
            if (follow) {
                new FlowLogReader(log, filter, new DamageAtOnce(sink, damage, err()), damage).follow();
            } else {
                new FlowLogReader(log, filter, sink, damage).readAll();
            }
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, unreadable(log, e), e);
        } finally {
            damage.take().forEach(err()::println);
        }
    }

    /** Why a flow log cannot be read, and what to do about it. */
    private static String unreadable(Path log, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no " + log
                    + "; nothing has been logged yet, or flow_log.path in the host settings names another file:"
                    + " name the file, or the settings with --config";
        }
        if (e instanceof AccessDeniedException denied) {
            Path file = Path.of(denied.getFile());
            return file + " cannot be read by this user; run as root, or join the group " + group(file);
        }
        return log + " cannot be read: " + e.getMessage();
    }

    private static String group(Path file) {
        try {
            return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
        } catch (IOException e) {
            return "that its directory is for"; // that directory is closed as well
        }
    }

    /** Reports damaged lines as soon as they are read, because following a log never ends. */
    private record DamageAtOnce(LineSink next, UnreadableLines damage, PrintWriter err) implements LineSink {

        @Override
        public void line(LogLine line) {
            next.line(line);
        }

        @Override
        public void pause() {
            next.pause();
            damage.take().forEach(err::println);
        }

        @Override
        public boolean isClosed() {
            return next.isClosed();
        }
    }

    private void print(Report report) {
        if (common.output == LogOutput.JSON) {
            JsonOutput.print(out(), report::json);
        } else if (report.decisions() > 0) {
            out().print(report.text(TerminalStyle.of(common.color)));
            out().flush();
        }
    }

    private int exitCode(long decisions) {
        if (decisions == 0 && common.output == LogOutput.TEXT) {
            err().println("no line of the flow log matches");
        }
        return decisions == 0 ? ExitCode.NO : ExitCode.DONE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
