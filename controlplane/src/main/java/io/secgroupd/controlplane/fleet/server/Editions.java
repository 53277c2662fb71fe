package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.membership.Claim;
import io.secgroupd.controlplane.fleet.membership.EditionAddresses;
import io.secgroupd.controlplane.fleet.membership.JoinSentence;
import io.secgroupd.controlplane.fleet.membership.RegisteredFile;
import io.secgroupd.controlplane.fleet.membership.Registrations;
import io.secgroupd.controlplane.fleet.rollout.Edition;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutJson;
import io.secgroupd.controlplane.fleet.server.FleetView.KnownRollout;
import io.secgroupd.controlplane.fleet.server.RegisteredPolicies.Registered;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives hosts the addresses that are registered now while a revision is on its way to them, halted or failed. A revision of the
 * fleet's own would take what is on its way to all hosts at once, or away from those that have it; another edition of what each
 * host has changes nothing but who is there.
 */
final class Editions {

    private static final Logger LOG = LoggerFactory.getLogger(Editions.class);

    private final PolicyStore store;
    private final FleetView view;
    private final EditionRecords records;
    private final Signatures signatures;
    private final ServedRevisions served;
    private final Clock clock;
    private @Nullable Made given;

    /** What was given up in a roll-out. */
    private record Made(long serial, long edition, SortedMap<Long, SortedMap<String, SortedSet<IpAddress>>> maps) {}

    Editions(
            PolicyStore store,
            FleetView view,
            EditionRecords records,
            Signatures signatures,
            ServedRevisions served,
            Clock clock) {
        this.store = store;
        this.view = view;
        this.records = records;
        this.signatures = signatures;
        this.served = served;
        this.clock = clock;
    }

    /** Makes the next edition when one is due. */
    void run(KnownRollout known, RegisteredPolicies policies, List<Claim> claims) throws IOException {
        Rollout rollout = known.rollout();
        EditionAddresses has = records.of(rollout.edition());
        if (has.closed().isPresent()) {
            return;
        }
        Optional<HostState> refusing = view.states(clock.instant()).stream()
                .filter(host -> rollout.edition().isPresent() && host.hasRefusedEdition(rollout.editionNumber()))
                .findFirst();
        if (refusing.isPresent()) {
            takeBack(known, has, refusing.get());
        } else {
            next(known, policies, claims);
        }
    }

    private boolean isSignedElsewhere(Rollout rollout) throws IOException {
        for (long serial : rollout.serials()) {
            var pointer = served.pointer(serial);
            if (pointer.isPresent() && signatures.areMadeElsewhere(pointer.get().manifest())) {
                return true;
            }
        }
        return false;
    }

    private void takeBack(KnownRollout known, EditionAddresses refused, HostState host) throws IOException {
        EditionAddresses before =
                refused.before().isPresent() ? records.read(refused.before().get()) : EditionAddresses.NONE;
        String why = host.host() + (host.takenBack() ? " has tried and taken back" : " has refused") + " edition "
                + host.refusedEdition() + " of revision " + host.refused() + ": " + host.problem();
        if (put(known, new EditionAddresses(before.maps(), Optional.empty(), Optional.of(why)))) {
            LOG.warn("membership.taken_back revision={} {}", known.rollout().serial(), why);
        }
    }

    /** Makes the next edition when the addresses are others than those of this one. */
    void next(KnownRollout known, RegisteredPolicies policies, List<Claim> claims) throws IOException {
        Rollout rollout = known.rollout();
        var maps = new TreeMap<Long, SortedMap<String, SortedSet<IpAddress>>>();
        String why = "";
        for (long serial : rollout.serials()) {
            Optional<Registered> revision = policies.of(serial, rollout.edition());
            if (revision.isPresent() && revision.get().isWritable()) {
                Registrations due =
                        Registrations.of(revision.get().policy(), revision.get().map(), claims);
                maps.put(serial, due.addresses());
                why = why.isEmpty() && !due.isAs(revision.get().map())
                        ? JoinSentence.of(revision.get().map(), due.addresses())
                        : why;
            }
        }
        var made = new Made(rollout.serial(), rollout.editionNumber(), maps);
        if (why.isEmpty() || made.equals(given) || isSignedElsewhere(rollout)) {
            return;
        }
        Optional<String> unsound = unsound(maps);
        if (unsound.isPresent()) {
            given = made;
            LOG.error("membership.unwritten revision={} {}", rollout.serial(), unsound.get());
        } else if (put(
                known, new EditionAddresses(maps, rollout.edition().map(Edition::addresses), Optional.empty()))) {
            LOG.info(
                    "membership.edition revision={} edition={} {}", rollout.serial(), rollout.editionNumber() + 1, why);
        }
    }

    /** Why a revision cannot have these addresses. */
    private Optional<String> unsound(SortedMap<Long, SortedMap<String, SortedSet<IpAddress>>> maps) throws IOException {
        for (var map : maps.entrySet()) {
            Optional<PolicyFiles> files =
                    store.files(map.getKey()).map(kept -> RegisteredFile.with(map.getValue(), kept));
            if (files.isPresent()) {
                var checked =
                        PolicyPipeline.check(files.get().first(), PolicyReader.read(files.get()), clock.instant());
                if (checked.sound().isEmpty()) {
                    return Optional.of("stays without what hosts report: revision " + map.getKey()
                            + " would not be sound with it");
                }
            }
        }
        return Optional.empty();
    }

    private boolean put(KnownRollout known, EditionAddresses addresses) throws IOException {
        Rollout rollout = known.rollout();
        String hash = records.keep(addresses);
        Rollout next = rollout.in(Optional.of(new Edition(rollout.editionNumber() + 1, hash)));
        boolean put = store.records().put(RecordNames.ROLLOUT, RolloutJson.text(next), known.version());
        if (put) {
            Set<String> needed = new HashSet<>(Set.of(hash));
            addresses.before().ifPresent(needed::add);
            records.retain(needed);
        }
        return put;
    }
}
