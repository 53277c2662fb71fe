package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonAnswer;
import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a candidate in force: trial, proof, files, confirmation. A crash at any point leaves either the files of before, and a
 * daemon that returns to them by itself, or a journal, from which {@link #settle} finishes or takes back.
 */
final class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    private static final String UNREACHABLE = "The control server cannot be reached under the new rules.";
    private static final String UNWRITTEN = "The files cannot be written: ";

    private final HostDaemon daemon;
    private final HostFiles files;
    private final FilesJournal journal;
    private final PullState state;
    private final Reach reach;
    private final PullTimes times;
    private final HostFiles.Steps steps;

    HandOver(
            HostDaemon daemon,
            HostFiles files,
            FilesJournal journal,
            PullState state,
            Reach reach,
            PullTimes times,
            HostFiles.Steps steps) {
        this.daemon = daemon;
        this.files = files;
        this.journal = journal;
        this.state = state;
        this.reach = reach;
        this.times = times;
        this.steps = steps;
    }

    /** What came of a candidate. */
    sealed interface Ending {

        /** It is in force, on the disk too. */
        record InForce(Followed revision) implements Ending {}

        /** The daemon does not take it. */
        record NotTaken(String why) implements Ending {}

        /** It was on trial, and is no more. */
        record TakenBack(String why) implements Ending {}
    }

    /**
     * Puts a candidate in force.
     *
     * @throws HostFaultException when its files could not be written here
     * @throws IOException        when the daemon cannot be asked, or is busy with another trial; then {@link #settle} comes
     *                            before anything else
     */
    Ending run(Candidate candidate) throws IOException {
        FilePlan plan = soundPlan(candidate);
        DaemonState now = daemon.state();
        if (now.trial().isPresent()) {
            throw new IOException("The daemon is busy with the trial of another policy.");
        }
        if (now.inForce().equals(candidate.hash())) {
            return write(plan);
        }
        steps.before("try");
        DaemonAnswer begun = daemon.tryOut(candidate.files(), candidate.hash(), times.trial());
        return begun.done() ? proven(candidate) : notBegun(begun);
    }

    private FilePlan soundPlan(Candidate candidate) throws HostFaultException {
        try {
            FilePlan plan = plan(candidate);
            requireNothingElse(candidate, plan);
            return plan;
        } catch (IOException e) {
            throw new HostFaultException(e);
        }
    }

    private FilePlan plan(Candidate candidate) throws IOException {
        return files.plan(state.followed(), candidate.followed(), candidate.contents());
    }

    /** What an include finds on this host besides would be in force too, once the daemon reads the files. */
    private static void requireNothingElse(Candidate candidate, FilePlan plan) throws IOException {
        for (Path file : candidate.readOnDisk()) {
            if (!Optional.ofNullable(plan.after().get(file)).equals(Optional.of(Optional.empty()))) {
                throw new IOException(
                        "The rules of the revision would read " + file + " too, which is a file of this host alone");
            }
        }
    }

    private Ending notBegun(DaemonAnswer answer) throws IOException {
        if (daemon.state().trial().isPresent()) {
            throw new IOException("The daemon is busy: " + answer.sentence());
        }
        return new Ending.NotTaken(answer.sentence());
    }

    private Ending proven(Candidate candidate) throws IOException {
        String hash = candidate.hash();
        steps.before("prove");
        if (!isProven(hash)) {
            return takenBack(hash, UNREACHABLE);
        }
        steps.before("hold");
        DaemonAnswer held = daemon.hold(hash);
        return held.done() ? written(candidate) : takenBack(hash, held.sentence());
    }

    private boolean isProven(String hash) throws IOException {
        try {
            return reach.isReached();
        } catch (IOException e) {
            var unused = daemon.rollBack(hash);
            throw e;
        }
    }

    /** The plan is made anew, as somebody may have edited a file while the control server was sought. */
    private Ending written(Candidate candidate) throws IOException {
        steps.before("journal");
        FilePlan plan;
        try {
            plan = plan(candidate);
            journal.begin(plan);
        } catch (IOException e) {
            journal.end(); // it may have come to be all the same
            return takenBack(candidate.hash(), UNWRITTEN + e.getMessage() + ".");
        }
        try {
            files.carryOut(plan);
        } catch (IOException e) {
            return undone(candidate.hash(), plan, UNWRITTEN + e.getMessage() + ".");
        }
        return confirmed(candidate.hash(), plan);
    }

    private Ending confirmed(String hash, FilePlan plan) throws IOException {
        steps.before("confirm");
        DaemonAnswer confirmed = daemon.confirm(hash);
        return confirmed.done() ? ended(plan) : undone(hash, plan, confirmed.sentence());
    }

    /** The same policy is in force already: its files have other names, or say the same in other bytes of a later serial. */
    private Ending write(FilePlan plan) throws IOException {
        journal.begin(plan);
        try {
            files.carryOut(plan);
        } catch (IOException e) {
            files.takeBack(plan);
            journal.end();
            throw new HostFaultException(e);
        }
        return ended(plan);
    }

    private Ending ended(FilePlan plan) throws IOException {
        steps.before("follow");
        state.follow(plan.next());
        steps.before("end");
        journal.end();
        tell(plan.kept());
        return new Ending.InForce(plan.next());
    }

    private static void tell(List<Path> edits) {
        edits.forEach(kept -> LOG.warn("pull.kept: an edit by hand was replaced, and is kept in {}", kept));
    }

    /** First the files, as the daemon reads them again once the trial is over. */
    private Ending undone(String hash, FilePlan plan, String why) throws IOException {
        files.takeBack(plan);
        Ending ending = takenBack(hash, why);
        journal.end();
        return ending;
    }

    private Ending takenBack(String hash, String why) throws IOException {
        steps.before("roll back");
        DaemonAnswer back = daemon.rollBack(hash);
        return new Ending.TakenBack(back.done() ? why : why + " The trial had ended: " + back.sentence());
    }

    /**
     * Brings to an end what was broken off: the files are those of the policy in force afterwards.
     *
     * @return the revision that was finished now
     * @throws IOException when the daemon cannot be asked yet, or files cannot be written
     */
    Optional<Followed> settle() throws IOException {
        Optional<FilePlan> pending = journal.pending();
        DaemonState now = daemon.state();
        if (pending.isPresent()) {
            return settle(pending.get(), now);
        }
        files.unmark();
        if (now.trial().isPresent()) {
            var unused = daemon.rollBack(now.trial().get()); // one of an operator is refused, and stays
        }
        return Optional.empty();
    }

    private Optional<Followed> settle(FilePlan plan, DaemonState now) throws IOException {
        String hash = plan.next().policy();
        tell(files.keepEdits(plan));
        boolean onTrial = now.trial().filter(hash::equals).isPresent()
                && daemon.hold(hash).done();
        if (onTrial || now.inForce().equals(hash)) {
            files.carryOut(plan);
            if (!onTrial || daemon.confirm(hash).done()) {
                LOG.info(
                        "pull.finished serial={}: what was broken off is in force",
                        plan.next().serial());
                return ended(plan) instanceof Ending.InForce done ? Optional.of(done.revision()) : Optional.empty();
            }
        }
        files.takeBack(plan);
        if (onTrial) {
            var unused = daemon.rollBack(hash);
        }
        journal.end();
        LOG.warn(
                "pull.restored serial={}: the files are those of before again",
                plan.next().serial());
        return Optional.empty();
    }
}
