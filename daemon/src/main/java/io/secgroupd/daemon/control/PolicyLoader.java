package io.secgroupd.daemon.control;

import io.secgroupd.daemon.terms.RulesRights;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.file.UnfinishedFiles;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.pipeline.SoundPolicy;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the policy's files into what this host enforces: reads and checks them, and chooses the carried instances. */
public final class PolicyLoader {

    private final Path rules;
    private final InstanceSelector selector;
    private final RulesRights rights;
    private final Optional<Attempts> attempts;
    private final InstantSource clock;

    /**
     * The newest policy that was read from the files or for them. A change from a control server is judged first and comes
     * into force a moment later, and the second reading would take as long as the first.
     */
    private volatile @Nullable SoundPolicy latest;

    public PolicyLoader(Path rules, InstanceSelector selector) {
        this(rules, selector, RulesRights.IGNORE, Optional.empty(), InstantSource.system());
    }

    private PolicyLoader(
            Path rules,
            InstanceSelector selector,
            RulesRights rights,
            Optional<Attempts> attempts,
            InstantSource clock) {
        this.rules = rules;
        this.selector = selector;
        this.rights = rights;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** Returns a loader that reads another file in the same way, whoever may write that file. */
    public PolicyLoader of(Path other) {
        return new PolicyLoader(other, selector, RulesRights.IGNORE, Optional.empty(), clock);
    }

    /** Returns a loader that checks who may write the files. */
    public PolicyLoader with(RulesRights asked) {
        return new PolicyLoader(rules, selector, asked, attempts, clock);
    }

    /** Returns a loader that does not read again the files that ended the process. */
    public PolicyLoader with(Attempts remembered) {
        return new PolicyLoader(rules, selector, rights, Optional.of(remembered), clock);
    }

    /** Returns a loader that takes the time from this clock: it decides which rules have expired. */
    public PolicyLoader with(InstantSource wall) {
        return new PolicyLoader(rules, selector, rights, attempts, wall);
    }

    /** The time by which rules expire. */
    Instant now() {
        return clock.instant();
    }

    /** Returns a loader that reads even files that ended the process, because somebody asks for it. */
    void tryAgain() {
        attempts.ifPresent(Attempts::end);
    }

    /** The file that includes all others. */
    public Path rules() {
        return rules;
    }

    /**
     * Reads the files as they are now.
     *
     * @throws RefusedPolicyException when the files have any error
     * @throws NotCarriedException when the policy is sound, but this host is none of its instances
     */
    public HostPolicy load() throws RefusedPolicyException, NotCarriedException {
        try {
            return select(read());
        } catch (OutOfMemoryError e) {
            throw outOfMemory();
        }
    }

    /** The first half of {@link #load}: reads the files, independently of the host. */
    SoundPolicy read() throws RefusedPolicyException {
        Optional<String> objection = attempts.flatMap(all -> all.objection(rules));
        if (objection.isPresent()) {
            throw new RefusedPolicyException(
                    List.of(new Problem(Severity.ERROR, new Location(rules.toString(), 1, 1), "", objection.get())),
                    List.of(rules));
        }
        requireFinished();
        Optional<SoundPolicy> unchanged = unchanged();
        SoundPolicy policy = unchanged.isPresent() ? unchanged.get() : readAnew();
        requireFinished(); // the writing may have begun meanwhile
        return policy;
    }

    /** Refuses files of which some may be of one revision and some of another. */
    private void requireFinished() throws RefusedPolicyException {
        Optional<Problem> unfinished = UnfinishedFiles.problem(rules);
        if (unfinished.isPresent()) {
            throw new RefusedPolicyException(List.of(unfinished.get()), List.of(rules, UnfinishedFiles.mark(rules)));
        }
    }

    private SoundPolicy readAnew() throws RefusedPolicyException {
        attempts.ifPresent(all -> all.begin(rules));
        boolean sound = false;
        try {
            var files = new HeldFiles();
            SoundPolicy policy = remembered(PolicyReader.read(rules, files), files);
            sound = true;
            return policy;
        } finally {
            if (!sound) {
                tryAgain();
            }
        }
    }

    /**
     * Judges a text as if it were the content of the rules file; problems name that file.
     *
     * @throws RefusedPolicyException when the text has any error
     * @throws NotCarriedException when the policy is sound, but this host is none of its instances
     */
    HostPolicy load(PolicyText text) throws RefusedPolicyException, NotCarriedException {
        requireFinished();
        try {
            var files = new HeldFiles();
            return select(sound(PolicyReader.read(text, files), files));
        } catch (RefusedPolicyException e) {
            throw new RefusedPolicyException(text.told(e.problems()), e.files());
        } catch (OutOfMemoryError e) {
            throw outOfMemory();
        }
    }

    /**
     * Judges the files as if some of them had other contents.
     *
     * @throws RefusedPolicyException when they have any error
     * @throws NotCarriedException when the policy is sound, but this host is none of its instances
     */
    HostPolicy load(Map<Path, byte[]> instead) throws RefusedPolicyException, NotCarriedException {
        requireFinished();
        try {
            var files = new HeldFiles();
            latest = null;
            return select(remembered(PolicyReader.read(rules, instead, files), files));
        } catch (OutOfMemoryError e) {
            throw outOfMemory();
        }
    }

    /**
     * Judges a policy whose files are all given, under the paths that they will have.
     *
     * @throws RefusedPolicyException when they have any error
     * @throws NotCarriedException when the policy is sound, but this host is none of its instances
     */
    HostPolicy load(PolicyFiles files) throws RefusedPolicyException, NotCarriedException {
        try {
            latest = null;
            return select(remembered(PolicyReader.read(files), new HeldFiles()));
        } catch (OutOfMemoryError e) {
            throw outOfMemory();
        }
    }

    /** Gives the newest policy again while the files hold its bytes, and nobody else may write them. */
    private Optional<SoundPolicy> unchanged() {
        SoundPolicy policy = latest;
        if (policy == null) {
            return Optional.empty();
        }
        var files = new HeldFiles();
        boolean same = PolicyReader.isStill(policy.files(), policy.hash(), files)
                && FileRights.problems(rights, policy.files(), files.seen()).isEmpty();
        if (!same) {
            latest = null; // the heap has room for two of the largest policies: the one in force, and a new one
        }
        return same ? Optional.of(policy) : Optional.empty();
    }

    private SoundPolicy remembered(ReadResult read, HeldFiles held) throws RefusedPolicyException {
        List<Problem> exposed = FileRights.problems(rights, read.files(), held.seen());
        SoundPolicy policy = require(PolicyPipeline.check(rules, read, exposed, now()));
        latest = exposed.isEmpty() ? policy : null;
        return policy;
    }

    private SoundPolicy sound(ReadResult read, HeldFiles held) throws RefusedPolicyException {
        List<Problem> exposed = FileRights.problems(rights, read.files(), held.seen());
        return require(PolicyPipeline.check(rules, read, exposed, now()));
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

    /** The second half of {@link #load}: chooses the instances by the host's current addresses. */
    HostPolicy select(SoundPolicy policy) throws NotCarriedException {
        try {
            return selectAgain(policy);
        } finally {
            tryAgain();
        }
    }

    /** Chooses the instances of a policy that was read before: what is said of the files in their current state stays. */
    HostPolicy selectAgain(SoundPolicy policy) throws NotCarriedException {
        return HostPolicy.of(policy, selector.select(policy.written()));
    }

    /**
     * The same policy as this host would enforce it now: by its current addresses, without the rules that have expired. Empty
     * when nothing of that has changed.
     *
     * @throws NotCarriedException when this host is no instance of it now
     */
    public Optional<HostPolicy> again(HostPolicy policy) throws NotCarriedException {
        Instant now = now();
        CarrySettings.CarriedInstances carried = selector.select(policy.sound().written());
        return policy.sound().isSameAt(now) && carried.equals(policy.carried())
                ? Optional.empty()
                : Optional.of(HostPolicy.of(policy.sound().at(now), carried));
    }

    /** Reports whether the same rules of a policy live now as when it was read or made. */
    public boolean isOfNow(HostPolicy policy) {
        return policy.sound().isSameAt(now());
    }

    /**
     * Remembers what is in force from now on, so that the next choice of instances knows it. What was read is kept as it is in
     * force, since the heap has no room for one more policy.
     */
    void inForce(HostPolicy policy) {
        selector.inForce(policy.carried());
        SoundPolicy read = latest;
        if (read != null && read.hash().equals(policy.hash())) {
            latest = policy.sound();
        }
    }

    /** Holds the files of one reading, and remembers who owned each when it was read. */
    static final class HeldFiles implements FileInput.Holder {

        private final SortedMap<Path, PosixFileAttributes> seen = new TreeMap<>();

        @Override
        public FileInput.Held hold(Path file) throws IOException {
            HeldFile held = HeldFile.of(file);
            try {
                seen.put(
                        Files.readSymbolicLink(held.path()),
                        Files.readAttributes(held.path(), PosixFileAttributes.class));
                return held;
            } catch (IOException e) {
                held.close();
                throw e;
            }
        }

        /** Keyed by the path, resolved without links, that each file had when it was read. */
        SortedMap<Path, PosixFileAttributes> seen() {
            return Collections.unmodifiableSortedMap(seen);
        }
    }
}
