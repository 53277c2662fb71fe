package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.Operator;
import io.secgroupd.daemon.cli.running.RulesFile.Replaced;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a tried policy into the rules file. The daemon may not write there, and should not be able to, so the command
 * writes the file and then tells the daemon. It does not trust the daemon: the file must be the one that root's own
 * settings name, and its content, read there, must give the policy with that hash.
 */
final class Confirmation {

    private static final String STAYS = "; nothing was written, and the candidate goes when its time is over";

    private final DaemonCall daemon;
    private final Path rules;

    /** @param rules the file to write */
    Confirmation(DaemonCall daemon, Path rules) {
        this.daemon = daemon;
        this.rules = rules;
    }

    /**
     * Writes and confirms.
     *
     * @param hash the first digits of the policy's hash; empty for the policy that this person began to try
     * @param said the hash of the rules file's content, as this command read it, if it did
     */
    int run(Optional<String> hash, Optional<String> said) {
        Reply reply = daemon.post("/candidate" + Query.of("hash", hash).and("by", Operator.name()));
        if (DaemonCall.isRefused(reply)) {
            return daemon.print(reply);
        }
        Map<String, String> held = ChangeResult.texts(reply.body(), new ArrayList<>());
        requireTheSameFile(field(held, "rules"));
        byte[] content = field(held, "content").getBytes(StandardCharsets.UTF_8);
        requireWhatWasTried(content, field(held, "hash"), hash);
        if (!FileContent.hash(rules)
                .equals(FileContent.hash(content))) { // if equal, a command wrote it and was then killed
            tell(write(content, said.orElse(field(held, "expected")), field(held, "expected")));
        }
        return daemon.ask("POST", "/confirm" + Query.of("hash", Optional.of(field(held, "hash"))));
    }

    private void tell(Replaced replaced) {
        if (!daemon.wantsJson()) {
            daemon.say("wrote " + rules + "; what it said is kept in " + replaced.kept());
        }
        if (replaced.edited()) {
            daemon.warn(rules + " was edited at this very moment: that edit is kept in " + replaced.kept()
                    + "; look at what is in it, and apply it");
        }
    }

    private void requireTheSameFile(String followed) {
        if (!isSame(followed, rules)) {
            throw refusal("the daemon follows another file, not " + rules
                    + ": name that with --rules, or correct rules in daemon.yaml");
        }
    }

    private static boolean isSame(String followed, Path rules) {
        try {
            return followed.equals(rules.toAbsolutePath().toString()) || Files.isSameFile(Path.of(followed), rules);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private void requireWhatWasTried(byte[] content, String hash, Optional<String> wanted) {
        ReadResult read = PolicyReader.read(new PolicyText("the candidate", content, rules));
        if (read.policy().isEmpty() || !read.hash().equals(hash) || !read.hash().startsWith(wanted.orElse(""))) {
            throw refusal("the candidate is no longer what was tried: a file that it includes, or one of its lists,"
                    + " was edited since; apply it again");
        }
    }

    private Replaced write(byte[] content, String said, String expected) {
        try {
            RulesFile file = RulesFile.at(rules);
            String now = file.hash();
            if (!now.equals(said) || !now.equals(expected)) {
                throw refusal(
                        rules + " was edited since the candidate was applied: check what changed there, run secgroupd"
                                + " rollback, and apply a file with both");
            }
            return file.replace(content, expected);
        } catch (NoSuchFileException e) {
            throw refusal(
                    rules + " was removed since the candidate was applied: run secgroupd rollback, and put it back");
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    rules + " cannot be written: " + e.getMessage()
                            + "; the candidate stays in force until its time is over",
                    e);
        }
    }

    private static CommandFailedException refusal(String sentence) {
        return new CommandFailedException(ExitCode.NO, sentence + STAYS);
    }

    private static String field(Map<String, String> held, String name) {
        String value = held.get(name);
        if (value == null) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "the daemon's answer has no " + name + "; it is another version: restart it");
        }
        return value;
    }
}
