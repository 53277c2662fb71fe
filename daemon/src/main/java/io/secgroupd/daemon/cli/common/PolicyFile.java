package io.secgroupd.daemon.cli.common;

import io.secgroupd.daemon.control.FileObstacle;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.pipeline.SoundPolicy;
import io.secgroupd.rules.text.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A control-plane file for a command that works on files alone, checked as the daemon would check it or only queried.
 *
 * @param policy   empty when there is any error
 * @param problems errors and warnings, including those of failed tests and broken invariants, ordered by place
 */
public record PolicyFile(Path path, Optional<CompiledPolicy> policy, List<Problem> problems) {

    public static PolicyFile read(Path path) {
        Checked checked = PolicyPipeline.check(path, PolicyInput.read(path), Instant.now());
        return new PolicyFile(path, checked.sound().map(SoundPolicy::compiled), checked.problems());
    }

    /** Reads a file, and judges its invariants alone: it is neither linted nor tested. */
    public static PolicyFile readForInvariants(Path path) {
        Checked checked = PolicyPipeline.checkInvariants(path, PolicyInput.read(path), Instant.now());
        return new PolicyFile(path, checked.sound().map(SoundPolicy::compiled), checked.problems());
    }

    /**
     * Returns the policy for queries, as it holds at an instant. The file's own tests are not run, since the question may be why one of them
     * fails.
     *
     * @param err the writer for the problems of a file that has errors
     */
    public static CompiledPolicy toAsk(Path path, Instant at, PrintWriter err) {
        ReadResult read = PolicyInput.read(path);
        Policy written = read.policy().orElseThrow(() -> {
            read.problems().forEach(err::println);
            return new CommandFailedException(
                    ExitCode.FAILED, path + " has errors, so no question about it can be answered");
        });
        return CompiledPolicy.of(written.at(at));
    }

    /** Fails with exit code 3 if the file cannot be read at all, which is not a problem in its content. */
    public static void requireFile(Path path) {
        FileObstacle.ofRules(path).ifPresent(sentence -> {
            throw new CommandFailedException(ExitCode.FAILED, sentence);
        });
    }

    public long errors() {
        return problems.stream().filter(Problem::isError).count();
    }

    public long warnings() {
        return problems.size() - errors();
    }
}
