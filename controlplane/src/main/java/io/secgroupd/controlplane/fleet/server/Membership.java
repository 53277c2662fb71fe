package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.controlplane.fleet.membership.Claim;
import io.secgroupd.controlplane.fleet.membership.JoinSentence;
import io.secgroupd.controlplane.fleet.membership.RegisteredFile;
import io.secgroupd.controlplane.fleet.membership.Registrations;
import io.secgroupd.controlplane.fleet.membership.Registrations.RefusedClaim;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.fleet.server.FleetView.KnownRollout;
import io.secgroupd.controlplane.fleet.server.RegisteredPolicies.Registered;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.pipeline.Checked;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes which hosts are there into the policy, as a revision of its own, whenever that changes. Every control server does so:
 * one of them is the first, and the others find that nothing is left to do.
 */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /** So long addresses wait with which a revision has failed. */
    static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

    private final PolicyStore store;
    private final RecordStore records;
    private final FleetView view;
    private final Claims claims;
    private final RegisteredPolicies policies;
    private final Editions editions;
    private final Clock clock;
    private final Set<RefusedClaim> told = new HashSet<>();
    private volatile @Nullable Registered base;
    private @Nullable Given given;
    private @Nullable Failed failed;

    /** What was given up, on top of a revision. */
    private record Given(long serial, SortedMap<String, SortedSet<IpAddress>> map) {}

    /** What a revision said that was taken back. */
    private record Failed(long serial, SortedMap<String, SortedSet<IpAddress>> map) {}

    /** @param editions give hosts the addresses where no revision can */
    Membership(
            PolicyStore store,
            FleetView view,
            Claims claims,
            RegisteredPolicies policies,
            Editions editions,
            Clock clock) {
        this.store = store;
        this.records = store.records();
        this.view = view;
        this.claims = claims;
        this.policies = policies;
        this.editions = editions;
        this.clock = clock;
    }

    /** Makes a revision when one is due, or an edition of those that are on their way. */
    void run() throws IOException {
        if (!claims.exist()) {
            return;
        }
        Revision newest = store.current();
        Optional<KnownRollout> known = view.rollout();
        List<Claim> now = claims.now(clock.instant());
        if (known.isEmpty() || isOver(known.get().rollout(), newest)) {
            atRest(newest, known, now);
        } else if (!isBeginning(known.get().rollout(), newest)) {
            onTheWay(known.get(), now);
        }
    }

    /** Whether a revision of the fleet's own is about to go to all hosts: it says who is there. */
    private static boolean isBeginning(Rollout rollout, Revision newest) {
        return newest.serial() > rollout.serial() && newest.origin().author().equals(TakeBack.BY_ITSELF);
    }

    private void atRest(Revision newest, Optional<KnownRollout> known, List<Claim> now) throws IOException {
        Optional<Rollout> rollout = known.map(KnownRollout::rollout);
        policies.retain(List.of(newest.serial()));
        Optional<Registered> read = policies.of(newest, rollout.flatMap(Rollout::edition));
        base = read.orElse(null);
        if (read.isEmpty()) {
            return; // no host has a policy that is broken
        }
        Registered has = read.get();
        Registrations due = Registrations.of(has.policy(), has.map(), now);
        tell(due.refused());
        if (due.isAs(has.map()) && due.isAs(has.written())) {
            forget(claims.shutOut());
        } else if (known.isPresent() && due.isAs(has.written())) {
            editions.next(known.get(), policies, now); // another revision would be no other
        } else if (rollout.isPresent() && !isGiven(newest, due) && !isHeldBack(rollout.get(), due)) {
            write(newest, has, due);
        }
    }

    private void onTheWay(KnownRollout known, List<Claim> now) throws IOException {
        Rollout rollout = known.rollout();
        policies.retain(rollout.serials());
        Optional<Registered> read = policies.of(rollout.serial(), rollout.edition());
        base = read.orElse(null);
        read.ifPresent(
                has -> tell(Registrations.of(has.policy(), has.map(), now).refused()));
        editions.run(known, policies, now);
    }

    /**
     * Whether what a person has published is known to do well, so that everybody may get it at once with what is changed here.
     * What the fleet does by itself goes to everybody anyway.
     */
    private static boolean isOver(Rollout rollout, Revision newest) {
        boolean own = rollout.author().equals(TakeBack.BY_ITSELF)
                && rollout.settings().count() == 1;
        return rollout.serial() == newest.serial()
                && (rollout.stage() == Stage.DONE || (rollout.stage() == Stage.RUNNING && own));
    }

    /** The sentences for a host on addresses that it does not get. */
    List<String> refusals(EnrolledHost host, AddressReport report) {
        Registered known = base;
        return known == null
                ? List.of()
                : Registrations.refused(known.policy(), known.map(), host.host(), host.instances(), report.addresses())
                        .stream()
                        .map(RefusedClaim::sentence)
                        .toList();
    }

    private void tell(List<RefusedClaim> refused) {
        told.retainAll(refused);
        for (RefusedClaim claim : refused) {
            if (told.add(claim)) {
                LOG.warn("membership.refused host={} {}", claim.host(), claim.sentence());
            }
        }
    }

    /** Nothing of a host that was shut out is left in the policy; it need not be remembered. */
    private void forget(List<String> hosts) throws IOException {
        if (!hosts.isEmpty()) {
            records.remove(
                    hosts.stream().map(host -> RecordNames.ADDRESSES + host).toList());
        }
    }

    private boolean isGiven(Revision newest, Registrations due) {
        return new Given(newest.serial(), due.addresses()).equals(given);
    }

    /** Whether a revision with the same addresses was taken back just now. */
    private boolean isHeldBack(Rollout rollout, Registrations due) throws IOException {
        OptionalLong taken = TakeBack.takenBack(rollout);
        if (taken.isEmpty() || !clock.instant().isBefore(rollout.since().plus(AFTER_A_FAILURE))) {
            return false;
        }
        Failed known = failed;
        if (known == null || known.serial() != taken.getAsLong()) {
            Optional<PolicyFiles> files = store.files(taken.getAsLong());
            if (files.isEmpty()) {
                return false;
            }
            known = new Failed(taken.getAsLong(), RegisteredFile.read(files.get()));
            failed = known;
        }
        return due.isAs(known.map());
    }

    private void write(Revision newest, Registered known, Registrations due) throws IOException {
        Optional<Path> path = RegisteredFile.in(newest.files());
        if (path.isEmpty()) {
            giveUp(newest, due, "no file of the policy is named " + RegisteredFile.NAME + "; include one");
            return;
        }
        Map<Path, byte[]> change = Map.of(path.get(), RegisteredFile.content(due.addresses()));
        PolicyFiles files = newest.files().with(change);
        ReadResult read = PolicyReader.read(files);
        Checked checked = PolicyPipeline.check(files.first(), read, clock.instant());
        if (checked.sound().isEmpty()) {
            giveUp(newest, due, firstError(checked));
            return;
        }
        var atOnce = new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ZERO);
        var wish = new RolloutWish(newest.serial() + 1, read.hash(), Optional.of(atOnce));
        records.putAll(Map.of(RecordNames.WISH, wish.text()));
        String why = JoinSentence.of(known.written(), due.addresses());
        PutResult put = store.put(newest, change, read, new Origin(TakeBack.BY_ITSELF, why, clock.instant()));
        if (put instanceof PutResult.Stored stored) {
            LOG.info("membership.changed revision={} {}", stored.revision().serial(), why);
        }
    }

    private void giveUp(Revision newest, Registrations due, String why) {
        given = new Given(newest.serial(), due.addresses());
        LOG.error("membership.unwritten revision={} stays without what hosts report: {}", newest.serial(), why);
    }

    private static String firstError(Checked checked) {
        return checked.problems().stream()
                .filter(Problem::isError)
                .findFirst()
                .map(Problem::toString)
                .orElse("it would not be sound");
    }
}
