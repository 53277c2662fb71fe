package io.secgroupd.daemon.control;

import io.secgroupd.rules.analyze.PolicyTests;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Files to a policy in one go: read, validate, run the file's own tests, choose the carried instances, compile. */
public final class PolicyLoader {

    private final Path rules;
    private final CarrySelector selector;

    public PolicyLoader(Path rules, CarrySelector selector) {
        this.rules = rules;
        this.selector = selector;
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
        return select(read());
    }

    /** The first half of {@link #load}: what the files say, whichever host this is. */
    SoundPolicy read() throws RefusedPolicyException {
        return sound(PolicyReader.read(rules));
    }

    /**
     * Judges a text as {@link #load} would judge the rules file, if that said the same; problems call it by its name.
     *
     * @throws RefusedPolicyException when there is any error in it
     * @throws NotCarriedException    when the policy is sound, but has no instance for this host
     */
    LoadedPolicy load(PolicyText text) throws RefusedPolicyException, NotCarriedException {
        try {
            return select(sound(PolicyReader.read(text)));
        } catch (RefusedPolicyException e) {
            throw new RefusedPolicyException(text.told(e.problems()), e.files());
        }
    }

    private static SoundPolicy sound(ReadResult read) throws RefusedPolicyException {
        Optional<Policy> policy = read.policy();
        if (policy.isEmpty()) {
            throw new RefusedPolicyException(read.problems(), read.files());
        }
        CompiledPolicy compiled = CompiledPolicy.of(policy.get());
        List<Problem> failedTests = PolicyTests.run(compiled);
        if (!failedTests.isEmpty()) {
            var problems = new ArrayList<>(read.problems());
            problems.addAll(failedTests);
            Collections.sort(problems);
            throw new RefusedPolicyException(problems, read.files());
        }
        return new SoundPolicy(compiled, read.problems(), read.files(), read.hash());
    }

    /** The second half: the instances that this host is with the addresses that it has now. */
    LoadedPolicy select(SoundPolicy policy) throws NotCarriedException {
        return policy.carriedBy(selector.select(policy.compiled().policy()));
    }

    /** Takes note of what is in force from now on, so that the next choice of instances knows of it. */
    void inForce(LoadedPolicy policy) {
        selector.inForce(policy.carried());
    }
}
