package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.OutputOptions;
import io.secgroupd.daemon.cli.common.PolicyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts another rules file in force: for good, or until nobody confirms it. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Put another file in force, for good or to be confirmed.",
            "It is checked first, and written where the rules file is. With --confirm it is tried, and what was in force",
            "comes back by itself unless secgroupd confirm is said in time. Needs root."
        },
        exitCodeList = "1:the file was refused, or would lock out who asks; the policy before it stays in force",
        footer = {"  sudo secgroupd apply --confirm 60s new.yaml   then, if all is well:", "  sudo secgroupd confirm"})
final class ApplyCommand implements Callable<Integer> {

    /** What becomes of running connections that the new rules do not allow. */
    enum Existing {
        KEEP,
        CUT,
        REPORT
    }

    /** For writing the file, when the operator is not to confirm. */
    private static final int SECONDS_TO_WRITE = 30;

    @Mixin
    private final OutputOptions common = new OutputOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "The rules file to put in force. What it includes is looked for beside"
                    + " the rules file of the daemon.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Path file;

    @Option(names = "--confirm", paramLabel = "TIME", description = "Such as 60s or 5m, at most an hour.")
    private @Nullable String confirm;

    @Option(
            names = "--existing",
            paramLabel = "WHAT",
            description = "What becomes of running connections that lose their rule: keep, cut, or report"
                    + " (keep them, and log how many they are). Otherwise the setting established decides.")
    private @Nullable Existing existing;

    @Option(names = "--force", description = "Even if the rules reject the SSH connection by which this is asked for.")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var daemon = new DaemonCall(common, spec.commandLine().getErr());
        String trial = confirm;
        int seconds = trial == null ? SECONDS_TO_WRITE : seconds(trial);
        String query =
                "/apply?confirm=" + seconds + "&name=" + URLEncoder.encode(file.toString(), StandardCharsets.UTF_8);
        if (existing != null) {
            query += "&existing=" + existing.name().toLowerCase(Locale.ROOT);
        }
        if (!force) {
            query += SshSession.connection().map(caller -> "&caller=" + caller).orElse("");
        }
        int exit = daemon.ask("POST", query, content(), out);
        if (exit != ExitCode.DONE) {
            return exit;
        }
        if (trial == null) {
            return new Confirmation(daemon).run(out);
        }
        if (!common.json()) {
            out.println("within " + trial + ": secgroupd confirm keeps it, secgroupd rollback ends it");
        }
        return ExitCode.DONE;
    }

    private byte[] content() {
        PolicyFile.requireFile(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private int seconds(String time) {
        if (time.matches("[0-9]{1,4}[sm]")) {
            int number = Integer.parseInt(time.substring(0, time.length() - 1));
            int seconds = time.endsWith("m") ? number * 60 : number;
            if (seconds >= 1 && seconds <= 3600) {
                return seconds;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--confirm " + time + " is no time from 1s to 60m; write one, such as 60s");
    }
}
