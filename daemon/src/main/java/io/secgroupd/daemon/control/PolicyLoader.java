package io.secgroupd.daemon.control;

import io.secgroupd.daemon.terms.RulesRights;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.pipeline.SoundPolicy;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files to what this host enforces in one go: read, check, choose the carried instances. */
public final class PolicyLoader {

    private final Path rules;
    private final InstanceSelector selector;
    private final RulesRights rights;
    private final Optional<Attempts> attempts;

    public PolicyLoader(Path rules, InstanceSelector selector) {
        this(rules, selector, RulesRights.IGNORE, Optional.empty());
    }

    private PolicyLoader(Path rules, InstanceSelector selector, RulesRights rights, Optional<Attempts> attempts) {
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
    public PolicyLoader with(RulesRights asked) {
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
    public HostPolicy load() throws RefusedPolicyException, NotCarriedException {
        try {
            return select(read());
        } catch (OutOfMemoryError e) {
            throw outOfMemory();
        }
    }

    /** The first half of {@link #load}: what the files say, whichever host this is. */
    SoundPolicy read() throws RefusedPolicyException {
        Optional<String> objection = attempts.flatMap(all -> all.objection(rules));
        if (objection.isPresent()) {
            throw new RefusedPolicyException(
                    List.of(new Problem(Severity.ERROR, new Location(rules.toString(), 1, 1), "", objection.get())),
                    List.of(rules));
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
    HostPolicy load(PolicyText text) throws RefusedPolicyException, NotCarriedException {
        try {
            var files = new HeldFiles();
            return select(sound(PolicyReader.read(text, files), files));
        } catch (RefusedPolicyException e) {
            throw new RefusedPolicyException(text.told(e.problems()), e.files());
        } catch (OutOfMemoryError e) {
            throw outOfMemory();
        }
    }

    private SoundPolicy sound(ReadResult read, HeldFiles held) throws RefusedPolicyException {
        return require(PolicyPipeline.check(rules, read, FileRights.problems(rights, read.files(), held.seen())));
    }

    private static SoundPolicy require(Checked checked) throws RefusedPolicyException {
        if (checked.sound().isEmpty()) {
            throw new RefusedPolicyException(checked.problems(), checked.files());
        }
        return checked.sound().get();
    }

    private RefusedPolicyException outOfMemory() {
        Checked checked = PolicyPipeline.outOfMemory(rules, List.of(rules));
        return new RefusedPolicyException(checked.problems(), checked.files());
    }

    /** The second half: the instances that this host is with the addresses that it has now. */
    HostPolicy select(SoundPolicy policy) throws NotCarriedException {
        try {
            return HostPolicy.of(policy, selector.select(policy.compiled().policy()));
        } finally {
            tryAgain();
        }
    }

    /** Takes note of what is in force from now on, so that the next choice of instances knows of it. */
    void inForce(HostPolicy policy) {
        selector.inForce(policy.carried());
    }
}
