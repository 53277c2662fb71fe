package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs the command that was asked for. A help text that cannot be written is a failure like any other, not one of the program. */
final class HelpOrRun extends RunLast {

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
