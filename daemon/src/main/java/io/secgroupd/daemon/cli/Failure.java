package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Reports a command's failure in one line and by the exit code, with the place in the program only on request. */
final class Failure implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return explain(failure, parsed.originalArgs().contains("--debug"), command.getErr());
    }

    static int explain(Exception failure, boolean debug, PrintWriter err) {
        boolean known = failure instanceof CommandFailedException;
        err.println("secgroupd: "
                + (known
                        ? failure.getMessage()
                        : "internal error: " + failure + (debug ? "" : "; --debug shows where")));
        if (debug) {
            failure.printStackTrace(err);
        }
        return failure instanceof CommandFailedException ended ? ended.exitCode() : ExitCode.FAILED;
    }
}
