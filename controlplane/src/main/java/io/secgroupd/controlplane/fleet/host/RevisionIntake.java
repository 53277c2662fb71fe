package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.host.HandOver.Ending;
import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the pointer names, if it is new, and says what came of it. */
final class RevisionIntake {

    private static final Logger LOG = LoggerFactory.getLogger(RevisionIntake.class);

    private final Fetch fetch;
    private final PieceCache cache;
    private final HostFiles files;
    private final HandOver handOver;
    private final PullState state;
    private final HostDaemon daemon;
    private final Refusals refusals;
    private final String program;
    private boolean settled;
    private boolean announced;
    private Optional<Pointer> tried = Optional.empty();
    private Optional<Pointer> ignored = Optional.empty();

    /** The parts of it; each is used by nobody else. */
    record RevisionParts(
            Fetch fetch, PieceCache cache, HostFiles files, HandOver handOver, PullState state, Refusals refusals) {}

    RevisionIntake(RevisionParts parts, HostDaemon daemon, String program) {
        this.fetch = parts.fetch();
        this.cache = parts.cache();
        this.files = parts.files();
        this.handOver = parts.handOver();
        this.state = parts.state();
        this.refusals = parts.refusals();
        this.daemon = daemon;
        this.program = program;
    }

    /**
     * What came of a revision.
     *
     * @param minute the first one of a revision that is in force now
     * @param same   whether the revision is the one that was followed before, in another edition
     */
    record Outcome(HostReport report, Optional<FirstMinute> minute, boolean same) {

        Outcome(HostReport report, Optional<FirstMinute> minute) {
            this(report, minute, false);
        }

        /** The same of another edition of what was followed before. */
        Outcome ofSame() {
            return new Outcome(report.uncounted(), Optional.empty(), true);
        }

        /** The first minute that is counted from now on. That of a revision goes on over its editions. */
        Optional<FirstMinute> minuteAfter(Optional<FirstMinute> before) {
            return same ? before : minute;
        }
    }

    /** Ends what was broken off. What came of it is to be told; and after a start, how this host stands. */
    List<HostReport> settle() throws IOException {
        if (settled) {
            return List.of();
        }
        Optional<Followed> finished = handOver.settle();
        Optional<HostReport> now =
                announced ? finished.map(revision -> inForce(revision, revision.policy())) : standing();
        Optional<HostReport> refused =
                announced ? Optional.empty() : state.refused().map(this::report);
        settled = true;
        announced = true;
        return Stream.concat(now.stream(), refused.stream()).toList();
    }

    /** Somebody may have edited the files since, and then the revision is not what is in force. */
    private Optional<HostReport> standing() throws IOException {
        String inForce = daemon.state().inForce();
        return state.followed()
                .filter(revision -> revision.policy().equals(inForce))
                .map(revision -> inForce(revision, inForce));
    }

    private HostReport inForce(Followed revision, String policy) {
        return report(Result.IN_FORCE, revision.serial(), revision.edition(), policy, "", OptionalLong.empty());
    }

    private HostReport report(Refused refused) {
        return report(
                refused.result(),
                refused.serial(),
                refused.edition(),
                refused.policy(),
                refused.why(),
                OptionalLong.empty());
    }

    private HostReport report(
            Result result, long serial, long edition, String policy, String why, OptionalLong before) {
        return new HostReport(result, serial, edition, policy, why, before, OptionalLong.empty(), program);
    }

    /**
     * Takes a revision.
     *
     * @return empty when it is not new
     * @throws IOException when it is to be tried once more, or is older than the one that is followed: another control server
     *                     may know more than this one
     */
    Optional<Outcome> take(Pointer pointer) throws IOException {
        Optional<Followed> followed = state.followed();
        if (state.refused().filter(refused -> refused.isOf(pointer)).isPresent()) {
            return Optional.empty();
        }
        if (followed.isPresent() && followed.get().isAfter(pointer)) {
            throw older(pointer, followed.get());
        }
        boolean same = followed.isPresent() && followed.get().isEarlierEditionOf(pointer);
        if (followed.isPresent() && followed.get().serial() == pointer.serial() && !same) {
            return pointer.manifest().equals(followed.get().manifest())
                    ? Optional.empty()
                    : Optional.of(refused(pointer, "", "Another manifest had this serial before."));
        }
        if (!tried.equals(Optional.of(pointer))) {
            LOG.info(
                    "pull.revision serial={} edition={} manifest={}",
                    pointer.serial(),
                    pointer.edition(),
                    pointer.manifest());
        }
        tried = Optional.of(pointer);
        Outcome outcome = fresh(pointer, followed);
        return Optional.of(same ? outcome.ofSame() : outcome);
    }

    private UnsoundServerException older(Pointer pointer, Followed followed) {
        if (!ignored.equals(Optional.of(pointer))) {
            LOG.warn("pull.ignored serial={}: {} is followed already", pointer.serial(), followed.serial());
        }
        ignored = Optional.of(pointer);
        String named = pointer.serial() == followed.serial()
                ? "edition " + pointer.edition() + " of serial " + pointer.serial() + " after " + followed.edition()
                : "serial " + pointer.serial() + " after " + followed.serial();
        return new UnsoundServerException(fetch.server(), "named " + named);
    }

    private Outcome fresh(Pointer pointer, Optional<Followed> followed) throws IOException {
        Candidate candidate;
        try {
            Manifest manifest = fetch.manifest(pointer);
            Set<String> before =
                    followed.map(revision -> revision.files().keySet()).orElse(Set.of());
            SortedMap<String, byte[]> contents = fetch.contents(manifest, before);
            candidate = Candidate.read(pointer, files, contents);
        } catch (RefusalException e) {
            return refused(pointer, "", e.sentence());
        }
        return handOver(candidate);
    }

    private Outcome handOver(Candidate candidate) throws IOException {
        DaemonState begun = daemon.state();
        long nanos = System.nanoTime();
        OptionalLong before = refusals.before(begun, nanos);
        settled = false; // until it has ended one way or the other
        Ending ending = handOver.run(candidate);
        settled = true;
        if (ending instanceof Ending.InForce) {
            cache.clear();
            Pointer pointer = candidate.pointer();
            LOG.info(
                    "pull.in_force serial={} edition={} policy={}",
                    pointer.serial(),
                    pointer.edition(),
                    candidate.hash());
            HostReport report =
                    report(Result.IN_FORCE, pointer.serial(), pointer.edition(), candidate.hash(), "", before);
            return new Outcome(report, Optional.of(refusals.first(report, begun, nanos)));
        }
        return ending instanceof Ending.NotTaken not
                ? refused(candidate.pointer(), candidate.hash(), not.why())
                : takenBack(candidate, ((Ending.TakenBack) ending).why());
    }

    private Outcome refused(Pointer pointer, String policy, String why) throws IOException {
        LOG.error("pull.refused serial={}: {}", pointer.serial(), why);
        return remembered(Refused.of(pointer, policy, Result.REFUSED, why));
    }

    private Outcome takenBack(Candidate candidate, String why) throws IOException {
        LOG.error("pull.taken_back serial={}: {}", candidate.pointer().serial(), why);
        return remembered(Refused.of(candidate.pointer(), candidate.hash(), Result.TAKEN_BACK, why));
    }

    private Outcome remembered(Refused refused) throws IOException {
        state.refuse(refused);
        cache.clear();
        return new Outcome(report(refused), Optional.empty());
    }

    /** What a fault of this host is told as, which is not remembered. */
    HostReport fault(Pointer pointer, HostFaultException fault) {
        return report(
                Result.REFUSED,
                pointer.serial(),
                pointer.edition(),
                "",
                String.valueOf(fault.getMessage()),
                OptionalLong.empty());
    }
}
