package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.Operator;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.cli.common.SshSession;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.rules.text.Quote;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How another policy is put in force: for good, or on trial until it is confirmed. */
final class TrialOptions {

    /** The time to write the file without waiting for the operator to confirm. */
    private static final String SECONDS_TO_WRITE = "30";

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

    /**
     * Asks the daemon to put a policy in force. Without a time for the trial it is written to the rules file at once, and taken
     * back if that fails.
     *
     * @param query what the daemon needs to know beside these options
     * @param body  of the request
     * @return the exit code
     */
    int run(CommonOptions common, String path, Query query, byte[] body) {
        Query asked = query.and("confirm", Optional.of(confirm == null ? SECONDS_TO_WRITE : seconds(common, confirm)))
                .and(
                        "existing",
                        Optional.ofNullable(existing).map(what -> what.name().toLowerCase(Locale.ROOT)))
                .and("by", Operator.name())
                .and("caller", force ? Optional.empty() : SshSession.connection());
        var daemon = new DaemonCall(common);
        Path rules = SettingsFile.rules(common, common.err());
        String said = FileContent.hash(rules);
        ChangeResult outcome = daemon.change(path + asked, body);
        int exit = daemon.print(outcome);
        if (exit != ExitCode.DONE) {
            return exit;
        }
        if (confirm == null) {
            return keep(daemon, new Confirmation(daemon, rules), outcome.hash(), said);
        }
        if (!common.json()) {
            daemon.say("within " + confirm + ": secgroupd confirm " + outcome.shortHash()
                    + " keeps it, secgroupd rollback ends it");
        }
        return ExitCode.DONE;
    }

    /** Keeps the policy. If the file cannot be written, the policy is rolled back at once. */
    private static int keep(DaemonCall daemon, Confirmation confirmation, String hash, String said) {
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

    private static String seconds(CommonOptions common, String time) {
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
