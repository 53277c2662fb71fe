package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.Version;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The program: one launcher for every command. */
@Command(
        name = "secgroupd",
        description = "Security groups for this Linux host: who may open a connection to whom, and why.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nTo begin with:%n",
        footer = {
            "  secgroupd check rules.yaml     is the file sound",
            "  secgroupd doctor               is this host ready for it",
            "  secgroupd COMMAND --help       what a command does, with an example",
            "The two files: secgroupd-rules(5), secgroupd-daemon.yaml(5)"
        },
        modelTransformer = Subcommands.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or yes",
            "1:a clear no: problems found, REJECT, tests failed, differences found",
            "2:wrong usage",
            "3:could not be done: no rights, daemon not running, file unreadable"
        })
public final class Secgroupd implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    private final Collection<Class<?>> subcommands;

    /** Creates the commands for the generator of manual pages. */
    Secgroupd() {
        this(Subcommands.meantBy());
    }

    private Secgroupd(Collection<Class<?>> subcommands) {
        this.subcommands = subcommands;
    }

    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler(new EndOnOutOfMemory());
        System.exit(RunArguments.parse(args).map(Secgroupd::runDaemon).orElseGet(() -> runCommand(args)));
    }

    private static int runDaemon(CommonOptions options) {
        PrintWriter err = errors();
        try {
            return RunCommand.run(options, err);
        } catch (Exception failure) {
            return Failure.explain(failure, options.debug, err);
        }
    }

    private static int runCommand(String... args) {
        var output = StandardOutput.ofThisProcess();
        PrintWriter out = output.writer();
        PrintWriter err = errors();
        try {
            int exitCode = commandLine(args).setOut(out).setErr(err).execute(args);
            out.flush();
            return output.failed() ? ExitCode.FAILED : exitCode;
        } catch (
                CommandFailedException
                        unwritten) { // a help text, which no command prints, or the rest to flush, could not be written
            return Failure.explain(unwritten, false, err);
        }
    }

    private static PrintWriter errors() {
        return new PrintWriter(new ShownWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8)), true);
    }

    /** Creates the commands that these arguments may name; without arguments, all of them. */
    static CommandLine commandLine(String... args) {
        return new CommandLine(new Secgroupd(Subcommands.meantBy(args)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(new HelpOrRun())
                .setParameterExceptionHandler(new Misuse())
                .setExecutionExceptionHandler(new Failure());
    }

    Collection<Class<?>> subcommands() {
        return subcommands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    /**
     * Ends the process when one of its threads runs out of heap, because half a daemon would answer for some queues and
     * drop the packets of others. The JVM's own option for that would also end the process where the error is handled,
     * in the reading of a policy.
     */
    static final class EndOnOutOfMemory implements UncaughtExceptionHandler {

        @Override
        public void uncaughtException(Thread thread, Throwable fault) {
            fault.printStackTrace(); // as the JVM does without a handler
            if (fault instanceof OutOfMemoryError) {
                System.err.println("secgroupd: the heap is full; raise SECGROUPD_HEAP");
                Runtime.getRuntime().halt(ExitCode.FAILED);
            }
        }
    }

    /** Runs the command. A help text that cannot be written is an ordinary failure, not a program error. */
    static final class HelpOrRun extends RunLast {

        @Override
        public int execute(ParseResult parsed) throws ExecutionException {
            try {
                return super.execute(parsed);
            } catch (CommandFailedException unwritten) {
                return Failure.explain(
                        unwritten, false, parsed.commandSpec().commandLine().getErr());
            }
        }
    }
}
