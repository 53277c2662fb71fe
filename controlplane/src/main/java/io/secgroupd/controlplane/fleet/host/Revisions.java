package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.host.HandOver.Ending;
import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the pointer names, if it is new, and says what came of it. */
final class Revisions {

    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);

    private final Fetch fetch;
    private final PieceCache cache;
    private final HostFiles files;
    private final HandOver handOver;
    private final PullState state;
    private final HostDaemon daemon;
    private final Refusals refusals;
    private final String program;
    private boolean settled;
    private Optional<Pointer> ignored = Optional.empty();

    /** The parts of it; each is used by nobody else. */
    record RevisionParts(
            Fetch fetch, PieceCache cache, HostFiles files, HandOver handOver, PullState state, Refusals refusals) {}

    Revisions(RevisionParts parts, HostDaemon daemon, String program) {
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
     * @param begun how the daemon stood when the revision came into force
     */
    record Outcome(HostReport report, Optional<DaemonState> begun) {}

    /** Ends what was broken off, and says then how this host stands; empty when there is nothing to say. */
    Optional<HostReport> settle() throws IOException {
        if (settled) {
            return Optional.empty();
        }
        var unused = handOver.settle();
        settled = true;
        Optional<Refused> refused = state.refused();
        return refused.isPresent() ? refused.map(this::report) : standing();
    }

    /** Somebody may have edited the files since, and then the revision is not what is in force. */
    private Optional<HostReport> standing() throws IOException {
        String inForce = daemon.state().inForce();
        return state.followed()
                .filter(revision -> revision.policy().equals(inForce))
                .map(revision -> report(Result.IN_FORCE, revision.serial(), inForce, "", OptionalLong.empty()));
    }

    private HostReport report(Refused refused) {
        return report(refused.result(), refused.serial(), refused.policy(), refused.why(), OptionalLong.empty());
    }

    private HostReport report(Result result, long serial, String policy, String why, OptionalLong before) {
        return new HostReport(result, serial, policy, why, before, OptionalLong.empty(), program);
    }

    /**
     * Takes a revision.
     *
     * @return empty when it is not new, or older than the one that is followed
     * @throws IOException when it is to be tried once more
     */
    Optional<Outcome> take(Pointer pointer) throws IOException {
        Optional<Followed> followed = state.followed();
        if (state.refused().filter(refused -> refused.isOf(pointer)).isPresent()) {
            return Optional.empty();
        }
        if (followed.isPresent() && pointer.serial() <= followed.get().serial()) {
            return old(pointer, followed.get());
        }
        LOG.info("pull.revision serial={} manifest={}", pointer.serial(), pointer.manifest());
        return Optional.of(fresh(pointer, followed));
    }

    private Optional<Outcome> old(Pointer pointer, Followed followed) throws IOException {
        if (pointer.serial() == followed.serial()) {
            return pointer.manifest().equals(followed.manifest())
                    ? Optional.empty()
                    : Optional.of(refused(pointer, "", "Another manifest had this serial before."));
        }
        if (!ignored.equals(Optional.of(pointer))) {
            LOG.warn("pull.ignored serial={}: {} is followed already", pointer.serial(), followed.serial());
        }
        ignored = Optional.of(pointer);
        return Optional.empty();
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
        OptionalLong before = refusals.before(begun, System.nanoTime());
        settled = false; // until it has ended one way or the other
        Ending ending = handOver.run(candidate);
        settled = true;
        if (ending instanceof Ending.InForce) {
            cache.clear();
            long serial = candidate.pointer().serial();
            LOG.info("pull.in_force serial={} policy={}", serial, candidate.hash());
            return new Outcome(report(Result.IN_FORCE, serial, candidate.hash(), "", before), Optional.of(begun));
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
        return report(Result.REFUSED, pointer.serial(), "", String.valueOf(fault.getMessage()), OptionalLong.empty());
    }
}
