package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets the running daemon read its rules file now. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = {
            "Let the running daemon read its rules file now.",
            "Prints the result. The daemon also reads the file by itself when it changes. Needs root."
        },
        exitCodeList = "1:the file was refused; the policy before it stays in force",
        footer = "  sudo secgroupd reload")
public final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Override
    public Integer call() {
        return new DaemonCall(common).ask("POST", "/reload");
    }
}
