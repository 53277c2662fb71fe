package io.secgroupd.daemon.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print the completion script of a shell: source <(secgroupd completion bash)")
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
        CommandLine program = spec.root().commandLine();
        String bash = withoutTheTime(AutoComplete.bash("secgroupd", program));
        // The script turns on bashcompinit by itself under zsh; the first line lets compinit find it in a directory.
        spec.commandLine().getOut().print(shell == Shell.ZSH ? "#compdef secgroupd\n" + bash : bash);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    /** The generator stamps its output, and equal builds must give equal bytes. */
    private static String withoutTheTime(String script) {
        return script.replaceAll("(?m)^# Generated.* on .*\\R", "").replaceAll("(?m)^# (Date|Generated).*\\R", "");
    }
}
