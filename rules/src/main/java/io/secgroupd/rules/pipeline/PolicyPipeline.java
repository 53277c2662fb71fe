package io.secgroupd.rules.pipeline;

import io.secgroupd.rules.analyze.Expectations;
import io.secgroupd.rules.analyze.ExpiryWarnings;
import io.secgroupd.rules.analyze.Lint;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.invariant.Invariants;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a policy that was read, lints it, compiles it, runs the tests that the file itself contains, and judges its invariants. The daemon and
 * every command use it, so that {@code check} says of a file what a reload says of it.
 */
public final class PolicyPipeline {

    private PolicyPipeline() {}

    /**
     * Checks what was read.
     *
     * @param rules the file that a problem of the whole policy names as its place
     * @param at    the instant at which the policy shall be in force: what has expired by then matches nothing
     */
    public static Checked check(Path rules, ReadResult read, Instant at) {
        return check(rules, read, List.of(), at);
    }

    /**
     * The same with problems that the reader cannot find, such as who may write the files.
     *
     * @param beside these problems
     */
    public static Checked check(Path rules, ReadResult read, List<Problem> beside, Instant at) {
        var problems = new ArrayList<>(read.problems());
        problems.addAll(beside);
        if (read.policy().isEmpty() || problems.stream().anyMatch(Problem::isError)) {
            return refused(problems, read.files());
        }
        try {
            Policy written = read.policy().get();
            CompiledPolicy compiled = CompiledPolicy.of(written.at(at));
            problems.addAll(Lint.check(compiled.policy()));
            problems.addAll(ExpiryWarnings.at(at, written));
            problems.addAll(Expectations.failed(written, at, compiled));
            problems.addAll(Invariants.check(compiled));
            return judged(compiled, problems, read, at);
        } catch (OutOfMemoryError e) {
            return outOfMemory(rules, read.files());
        }
    }

    /** Checks of what was read only that it can be read, and that its invariants hold. */
    public static Checked checkInvariants(Path rules, ReadResult read, Instant at) {
        if (read.policy().isEmpty()) {
            return refused(read.problems(), read.files());
        }
        try {
            CompiledPolicy compiled = CompiledPolicy.of(read.policy().get().at(at));
            return judged(compiled, Invariants.check(compiled), read, at);
        } catch (OutOfMemoryError e) {
            return outOfMemory(rules, read.files());
        }
    }

    private static Checked judged(CompiledPolicy compiled, List<Problem> problems, ReadResult read, Instant at) {
        return problems.stream().anyMatch(Problem::isError)
                ? refused(problems, read.files())
                : sound(compiled, problems, read, at);
    }

    /**
     * The result for a policy that exhausted the heap although the estimate allowed it: what was built of it is garbage
     * by now.
     */
    public static Checked outOfMemory(Path rules, List<Path> files) {
        var problem = new Problem(Severity.ERROR, new Location(rules.toString(), 1, 1), "", PolicyReader.OUT_OF_MEMORY);
        return refused(List.of(problem), files);
    }

    private static Checked sound(CompiledPolicy compiled, List<Problem> warnings, ReadResult read, Instant at) {
        List<Problem> sorted = warnings.stream().sorted().toList();
        var sound = new SoundPolicy(
                read.policy().orElse(compiled.policy()), at, compiled, sorted, read.files(), read.hash());
        return new Checked(Optional.of(sound), sorted, read.files());
    }

    private static Checked refused(List<Problem> problems, List<Path> files) {
        return new Checked(Optional.empty(), problems.stream().sorted().toList(), files);
    }
}
