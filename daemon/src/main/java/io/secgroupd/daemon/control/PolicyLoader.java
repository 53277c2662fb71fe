package io.secgroupd.daemon.control;

import io.secgroupd.rules.analyze.PolicyTests;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Location;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Problem;
import io.secgroupd.rules.model.Problem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Files to a policy in one go: read, validate, run the file's own tests, choose the carried instances, compile. */
public final class PolicyLoader {

    private final Path rules;
    private final CarrySelector selector;
    private final FileRights rights;
    private final Optional<Attempts> attempts;

    public PolicyLoader(Path rules, CarrySelector selector) {
        this(rules, selector, FileRights.IGNORE, Optional.empty());
    }

    private PolicyLoader(Path rules, CarrySelector selector, FileRights rights, Optional<Attempts> attempts) {
        this.rules = rules;
        this.selector = selector;
        this.rights = rights;
        this.attempts = attempts;
    }

    /** Reads another file in the same way, whoever may write it. */
    public PolicyLoader of(Path other) {
        return new PolicyLoader(other, selector);
    }

    /** Asks who may write the files. */
    public PolicyLoader with(FileRights asked) {
        return new PolicyLoader(rules, selector, asked, attempts);
    }

    /** Does not read again what ended the process. */
    public PolicyLoader with(Attempts remembered) {
        return new PolicyLoader(rules, selector, rights, Optional.of(remembered));
    }

    /** What ended the process is read again, because somebody asks for it. */
    void tryAgain() {
        attempts.ifPresent(Attempts::end);
    }

    /** The file that everything else is included from. */
    public Path rules() {
        return rules;
    }

    /**
     * Reads the files as they are now.
     *
     * @throws RefusedPolicyException when there is any error in the files
     * @throws NotCarriedException    when the policy is sound, but has no instance for this host
     */
    public LoadedPolicy load() throws RefusedPolicyException, NotCarriedException {
        try {
            return select(read());
        } catch (OutOfMemoryError e) {
            throw refusal(PolicyReader.OUT_OF_MEMORY, List.of(rules));
        }
    }

    /** The first half of {@link #load}: what the files say, whichever host this is. */
    SoundPolicy read() throws RefusedPolicyException {
        Optional<String> objection = attempts.flatMap(all -> all.objection(rules));
        if (objection.isPresent()) {
            throw refusal(objection.get(), List.of(rules));
        }
        attempts.ifPresent(all -> all.begin(rules));
        boolean sound = false;
        try {
            var files = new HeldFiles();
            SoundPolicy policy = sound(PolicyReader.read(rules, files), files);
            sound = true;
            return policy;
        } finally {
            if (!sound) {
                tryAgain();
            }
        }
    }

    /**
     * Judges a text as {@link #load} would judge the rules file, if that said the same; problems call it by its name.
     *
     * @throws RefusedPolicyException when there is any error in it
     * @throws NotCarriedException    when the policy is sound, but has no instance for this host
     */
    LoadedPolicy load(PolicyText text) throws RefusedPolicyException, NotCarriedException {
        try {
            var files = new HeldFiles();
            return select(sound(PolicyReader.read(text, files), files));
        } catch (RefusedPolicyException e) {
            throw new RefusedPolicyException(text.told(e.problems()), e.files());
        } catch (OutOfMemoryError e) {
            throw refusal(PolicyReader.OUT_OF_MEMORY, List.of(rules));
        }
    }

    private SoundPolicy sound(ReadResult read, HeldFiles held) throws RefusedPolicyException {
        var problems = new ArrayList<>(read.problems());
        problems.addAll(rights.problems(read.files(), held.seen()));
        Optional<Policy> policy = read.policy();
        if (policy.isEmpty() || problems.stream().anyMatch(Problem::isError)) {
            throw refusal(problems, read.files());
        }
        try {
            CompiledPolicy compiled = CompiledPolicy.of(policy.get());
            List<Problem> failedTests = PolicyTests.run(compiled);
            if (failedTests.isEmpty()) {
                Collections.sort(problems);
                return new SoundPolicy(compiled, problems, read.files(), read.hash());
            }
            problems.addAll(failedTests);
            throw refusal(problems, read.files());
        } catch (OutOfMemoryError e) {
            throw refusal(PolicyReader.OUT_OF_MEMORY, read.files());
        }
    }

    private RefusedPolicyException refusal(String message, List<Path> files) {
        var problem = new Problem(Severity.ERROR, new Location(rules.toString(), 1, 1), "", message);
        return new RefusedPolicyException(List.of(problem), files);
    }

    private static RefusedPolicyException refusal(List<Problem> problems, List<Path> files) {
        return new RefusedPolicyException(problems.stream().sorted().toList(), files);
    }

    /** The second half: the instances that this host is with the addresses that it has now. */
    LoadedPolicy select(SoundPolicy policy) throws NotCarriedException {
        try {
            return policy.carriedBy(selector.select(policy.compiled().policy()));
        } finally {
            tryAgain();
        }
    }

    /** Takes note of what is in force from now on, so that the next choice of instances knows of it. */
    void inForce(LoadedPolicy policy) {
        selector.inForce(policy.carried());
    }
}
