package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands, options, their values, and names of the rules file. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Print the completion script of a shell.",
            "It completes commands, options, their values, files, and names of the rules file. The packages install it; from a build, source it:"
        },
        footer = "  source <(secgroupd completion bash)")
final class CompletionCommand implements Callable<Integer> {

    /** A shell that can complete. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        String script = CompletionScript.of(spec.root(), shell.name().toLowerCase(Locale.ROOT));
        spec.commandLine().getOut().print(script);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
