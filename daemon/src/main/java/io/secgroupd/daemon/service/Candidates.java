package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.admin.HoldOutcome.HeldCandidate;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.RefusedPolicyException;
import io.secgroupd.daemon.control.Trial;
import io.secgroupd.daemon.control.Trial.TrialRequest;
import io.secgroupd.daemon.terms.Existing;
import io.secgroupd.rules.file.PolicyText;
import io.secgroupd.rules.text.Quote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts candidates for the rules file in force before they are written to its place. A candidate is judged under a separate
 * file name and gets the final one when it comes into force, so that a refused one leaves the current trial as it is.
 */
final class Candidates {

    private static final Logger LOG = LoggerFactory.getLogger(Candidates.class);

    /** This many digits of a hash tell one candidate from another. */
    private static final int FEWEST_DIGITS = 8;

    /** Checking the largest policy takes seconds, and so does a slow disk. */
    static final Duration TIME_TO_WRITE = Duration.ofSeconds(30);

    private final ControlPlane control;
    private final Path candidate;
    private final Path judged;

    /** @param state the directory for the candidate: after a restart the daemon finds the rules file unchanged and follows it */
    Candidates(ControlPlane control, Path state) {
        this.control = control;
        this.candidate = state.resolve("candidate.yaml");
        this.judged = state.resolve("candidate.judged");
        forgetEarlier(state.resolve("candidate"));
    }

    /** Removes an earlier candidate, and the directory where an earlier version kept it, so that none counts as current. */
    private void forgetEarlier(Path directory) {
        try {
            Files.deleteIfExists(candidate);
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                try (Stream<Path> entries = Files.list(directory)) {
                    for (Path entry : entries.toList()) {
                        Files.delete(entry);
                    }
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            LOG.debug("candidate.kept {}", e.toString()); // only what is in force counts, and it is not read here
        }
    }

    /**
     * The reason why a candidate was not put in force.
     *
     * @param problems the problems of the file, with their places
     */
    record RefusedCandidate(String why, List<String> problems) {

        RefusedCandidate(String why) {
            this(why, List.of());
        }
    }

    /** Puts a candidate in force, or returns why not. */
    Optional<RefusedCandidate> start(ApplyRequest request) {
        try {
            store(request.content());
            return judge(request);
        } catch (RefusedPolicyException e) {
            return Optional.of(new RefusedCandidate(String.valueOf(e.getMessage()), e.problemTexts()));
        } catch (NotCarriedException e) {
            return Optional.of(new RefusedCandidate(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return Optional.of(new RefusedCandidate("the candidate cannot be stored: " + e));
        } finally {
            forgetJudged();
        }
    }

    private Optional<RefusedCandidate> judge(ApplyRequest request)
            throws IOException, RefusedPolicyException, NotCarriedException {
        var asked = new TrialRequest(
                candidate,
                request.by(),
                FileContent.hash(control.rules()),
                request.existing().map(word -> Existing.valueOf(word.toUpperCase(Locale.ROOT))),
                request.time(),
                false);
        HostPolicy policy = control.read(new PolicyText(request.name(), bytes(request.content()), control.rules()));
        Optional<String> lockedOut =
                request.caller().flatMap(caller -> LockoutGuard.objection(caller, policy.filter()));
        if (lockedOut.isPresent()) {
            return lockedOut.map(RefusedCandidate::new);
        }
        Files.move(judged, candidate, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        control.tryOut(policy, asked);
        return Optional.empty();
    }

    /** Refuses to give out a candidate that is already on trial; the message says why. */
    static final class NotHeldException extends Exception {

        private static final long serialVersionUID = 1L;

        NotHeldException(String why) {
            super(why);
        }
    }

    /**
     * Returns the candidate on trial, to be written to the rules file. The trial is given enough time for that.
     *
     * @param hash the first digits of the candidate's hash; empty: the candidate of the caller's own trial
     * @param by the person who asks, if known
     */
    HeldCandidate hold(Optional<String> hash, Optional<String> by) throws NotHeldException {
        Trial trial = control.trial().orElseThrow(() -> new NotHeldException("no candidate is being tried"));
        if (trial.asked().fleet()) {
            throw new NotHeldException(
                    "what is being tried is a revision of the control server; secgroupd pull writes and confirms it");
        }
        String began = trial.asked().by().map(who -> ", begun by " + who + ",").orElse("");
        if (hash.isPresent()
                && !(hash.get().length() >= FEWEST_DIGITS && trial.hash().startsWith(hash.get()))) {
            throw new NotHeldException("the candidate " + trial.shortHash() + began + " is being tried, and not "
                    + Quote.of(hash.get()) + "; to keep it: secgroupd confirm " + trial.shortHash());
        }
        if (hash.isEmpty()
                && by.isPresent()
                && trial.asked().by().filter(who -> !by.get().equals(who)).isPresent()) {
            throw new NotHeldException("the candidate " + trial.shortHash() + began
                    + " is being tried, and you did not begin it; to keep it all the same: secgroupd confirm "
                    + trial.shortHash());
        }
        Optional<String> ended = control.hold(trial.hash(), TIME_TO_WRITE);
        if (ended.isPresent()) {
            throw new NotHeldException(ended.get());
        }
        return held(trial);
    }

    private HeldCandidate held(Trial trial) throws NotHeldException {
        try {
            return new HeldCandidate(
                    trial.hash(),
                    control.rules().toAbsolutePath().toString(),
                    trial.file(),
                    trial.asked().by().orElse(""),
                    Files.readString(trial.asked().candidate(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NotHeldException("the copy of the candidate cannot be read: " + e + "; apply it again");
        }
    }

    private void store(ByteBuffer content) throws IOException {
        Files.createDirectories(judged.resolveSibling("."));
        Files.deleteIfExists(judged);
        try (var channel = FileChannel.open(judged, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = content.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true); // a full disk may report its error only here
        }
    }

    private static byte[] bytes(ByteBuffer content) {
        var bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    private void forgetJudged() {
        try {
            Files.deleteIfExists(judged);
        } catch (IOException e) {
            // The next candidate overwrites the file, or says why it cannot.
        }
    }
}
