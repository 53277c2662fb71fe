package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.Operator;
import io.secgroupd.daemon.cli.common.PolicyInput;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.cli.common.SshSession;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.rules.text.Quote;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts another rules file in force, for good or until the time for confirming it runs out. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Put another file in force, for good or to be confirmed.",
            "It is checked first, and written where the rules file is. With --confirm it is tried, and what was in force",
            "comes back by itself unless secgroupd confirm is run in time. Needs root."
        },
        exitCodeList = "1:the file was refused, or would lock out whoever asks; the policy before it stays in force",
        footer = {"  sudo secgroupd apply --confirm 60s new.yaml   then, if all is well:", "  sudo secgroupd confirm"})
public final class ApplyCommand implements Callable<Integer> {

    /** The option to write the file without waiting for the operator to confirm. */
    private static final String SECONDS_TO_WRITE = "30";

    @Mixin
    private final CommonOptions common = new CommonOptions();

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

    @Option(
            names = "--force",
            description = "Apply even if the rules reject the SSH connection from which this is run.")
    private boolean force;

    @Override
    public Integer call() {
        var daemon = new DaemonCall(common);
        String trial = confirm;
        Query query = Query.of("confirm", Optional.of(trial == null ? SECONDS_TO_WRITE : seconds(trial)))
                .and("name", Optional.of(file.toString()))
                .and(
                        "existing",
                        Optional.ofNullable(existing).map(what -> what.name().toLowerCase(Locale.ROOT)))
                .and("by", Operator.name())
                .and("caller", force ? Optional.empty() : SshSession.connection());
        byte[] content = PolicyInput.bytes(file);
        Path rules = SettingsFile.rules(common, common.err());
        String said = FileContent.hash(rules);
        ChangeResult outcome = daemon.change("/apply" + query, content);
        int exit = daemon.print(outcome);
        if (exit != ExitCode.DONE) {
            return exit;
        }
        if (trial == null) {
            return keep(daemon, new Confirmation(daemon, rules), outcome.hash(), said);
        }
        if (!common.json()) {
            daemon.say("within " + trial + ": secgroupd confirm " + outcome.shortHash()
                    + " keeps it, secgroupd rollback ends it");
        }
        return ExitCode.DONE;
    }

    /** Keeps the policy. If the file cannot be written, the policy is rolled back at once. */
    private int keep(DaemonCall daemon, Confirmation confirmation, String hash, String said) {
        try {
            return confirmation.run(Optional.of(hash), Optional.of(said));
        } catch (CommandFailedException e) {
            rollBack(daemon, e);
            throw e;
        }
    }

    private static void rollBack(DaemonCall daemon, CommandFailedException because) {
        try {
            daemon.change("/rollback", new byte[0]);
        } catch (CommandFailedException e) {
            because.addSuppressed(e); // then the candidate's time runs out soon
        }
    }

    private String seconds(String time) {
        if (time.matches("[0-9]{1,4}[sm]")) {
            int number = Integer.parseInt(time.substring(0, time.length() - 1));
            int seconds = time.endsWith("m") ? number * 60 : number;
            if (seconds >= 1 && seconds <= 3600) {
                return Integer.toString(seconds);
            }
        }
        throw common.misuse("--confirm " + Quote.of(time) + " is not a time from 1s to 60m; write one, such as 60s");
    }
}
