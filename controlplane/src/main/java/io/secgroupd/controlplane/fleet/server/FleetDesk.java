package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.history.RevisionMeanings;
import io.secgroupd.controlplane.fleet.membership.RegisteredFile;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutJson;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.fleet.server.FleetView.KnownRollout;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.RelativeFiles;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an operator does with a fleet, at the store itself: the control servers find it there, and act. */
public final class FleetDesk {

    /** How often something is tried again that others change at the same time. */
    private static final int ATTEMPTS = 10;

    private final PolicyStore store;
    private final RecordStore records;
    private final Clock clock;

    /** @throws IOException with a sentence, when the records cannot be read */
    public FleetDesk(PolicyStore store, Clock clock) throws IOException {
        this.store = store;
        this.records = store.records();
        this.clock = clock;
    }

    /**
     * Enrols a host, or gives an enrolled one another token.
     *
     * @param instances whose addresses the host may report; when there are none, an enrolled host keeps those that it has
     * @param by        who does
     * @throws IllegalArgumentException with a clause, when a name is none of a host or of an instance
     */
    public HostToken enrol(String host, List<String> instances, String by) throws IOException {
        HostToken token = HostToken.make(host);
        List<String> own = instances.isEmpty() ? instancesOf(host) : instances;
        var enrolled = new EnrolledHost(host, token.hash(), own, by, clock.instant());
        records.putAll(Map.of(RecordNames.HOSTS + host, enrolled.text()));
        return token;
    }

    private List<String> instancesOf(String host) throws IOException {
        Optional<StoredRecord> known = records.get(RecordNames.HOSTS + host);
        return known.isEmpty()
                ? List.of()
                : EnrolledHost.parse(known.get().value()).instances();
    }

    /** Shuts a host out; returns false when it is none of the fleet. */
    public boolean dismiss(String host) throws IOException {
        boolean known = records.get(RecordNames.HOSTS + host).isPresent();
        records.remove(List.of(
                RecordNames.HOSTS + host,
                RecordNames.REPORTS + host,
                RecordNames.PRESENCE + host,
                RecordNames.FAULTS + host));
        return known;
    }

    /** All that is known of the fleet. */
    public FleetStatus status() throws IOException {
        var view = new FleetView();
        for (StoredRecord record : records.list(RecordNames.ALL)) {
            var unused = view.take(new RecordChange(record.key(), Optional.of(record)));
        }
        Instant now = clock.instant();
        return new FleetStatus(
                now, store.current(), view.rollout().map(KnownRollout::rollout), view.states(now), view.faults(now));
    }

    /** The newest revision. */
    public Revision current() throws IOException {
        return store.current();
    }

    /** A revision that is remembered. */
    public Optional<PolicyFiles> files(long serial) throws IOException {
        Revision newest = store.current();
        return newest.serial() == serial ? Optional.of(newest.files()) : store.files(serial);
    }

    /** The revisions that are remembered, newest first, with what each has changed in meaning. */
    public List<RevisionMeanings.Told> history(int most) throws IOException {
        return new RevisionMeanings(store).newest(most);
    }

    /** The files of a new revision, with the addresses that hosts have reported: whoever publishes files cannot know them. */
    public static PolicyFiles withRegistered(Revision base, PolicyFiles files) {
        return RegisteredFile.carried(base.files(), files);
    }

    /**
     * Makes a revision of whole files.
     *
     * @param base    the newest, which they were compared with
     * @param read    what the files say
     * @param rollout how it shall reach the hosts; empty as usual
     * @param key     signs it, and also the return to what was before, since nobody may be there to sign that
     * @return its serial; empty when another revision has been made since {@code base}
     * @throws IOException with a sentence: they cannot be handed out to hosts, or not be stored
     */
    public Optional<Long> publish(
            Revision base,
            PolicyFiles files,
            ReadResult read,
            Origin origin,
            Optional<RolloutSettings> rollout,
            Optional<PrivateKey> key)
            throws IOException {
        Manifest made = manifest(base.serial() + 1, read.hash(), files);
        if (key.isPresent()) {
            sign(key.get(), made);
            if (base.serial() > 0) {
                sign(key.get(), manifest(base.serial() + 2, base.hash(), base.files()));
            }
        }
        // What is known here to be sound, no control server need read before hosts are told of it.
        if (rollout.isPresent() || isSound(files, read)) {
            var wish = new RolloutWish(made.serial(), read.hash(), rollout);
            records.putAll(Map.of(RecordNames.WISH, wish.text()));
        }
        PutResult put = store.replace(base, files, read, origin);
        return put instanceof PutResult.Stored stored
                ? Optional.of(stored.revision().serial())
                : Optional.empty();
    }

    private boolean isSound(PolicyFiles files, ReadResult read) {
        return PolicyPipeline.check(files.first(), read, clock.instant())
                .sound()
                .isPresent();
    }

    private static Manifest manifest(long serial, String hash, PolicyFiles files) throws IOException {
        try {
            return Manifest.of(serial, hash, RelativeFiles.of(files));
        } catch (IllegalArgumentException e) {
            throw new IOException("This cannot be handed out to hosts: " + e.getMessage() + ".", e);
        }
    }

    private void sign(PrivateKey key, Manifest manifest) throws IOException {
        Signatures.keep(records, key, manifest.hash(), manifest.bytes());
    }

    /**
     * Makes a revision that says what an earlier one said, for all hosts at once.
     *
     * @param to  the earlier one; empty for the one before the newest roll-out
     * @param key signs it
     * @return the serial of the new revision
     * @throws IOException with a sentence, when there is none that is kept
     */
    public long rollBack(Optional<Long> to, Origin origin, Optional<PrivateKey> key) throws IOException {
        Revision newest = store.current();
        long earlier = to.orElseGet(() -> newest.serial() - 1);
        if (to.isEmpty()) {
            Optional<Rollout> rollout = rollout().map(KnownRollout::rollout);
            earlier = rollout.filter(last -> last.stage() != Stage.DONE)
                    .map(Rollout::returnsTo)
                    .orElse(earlier);
        }
        return new TakeBack(store, new EditionRecords(records), new Signatures(records, key), clock)
                .to(earlier, newest, origin);
    }

    /**
     * Halts the roll-out: hosts that have its revision keep it, and no more get it.
     *
     * @throws IOException with a sentence, when none is under way
     */
    public Rollout halt(String why) throws IOException {
        return change(Stage.RUNNING, "No roll-out is under way.", rollout -> rollout.halt(why, clock.instant()));
    }

    /**
     * Has a halted roll-out go on.
     *
     * @throws IOException with a sentence, when none is halted
     */
    public Rollout resume() throws IOException {
        return change(
                Stage.HALTED,
                "No roll-out is halted; one that has failed is taken back, and its content can be published again.",
                rollout -> rollout.resume(clock.instant()));
    }

    private Rollout change(Stage stage, String otherwise, UnaryOperator<Rollout> how) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            KnownRollout known = rollout()
                    .filter(found -> found.rollout().stage() == stage)
                    .orElseThrow(() -> new IOException(otherwise));
            Rollout next = how.apply(known.rollout());
            if (records.put(RecordNames.ROLLOUT, RolloutJson.text(next), known.version())) {
                return next;
            }
        }
        throw new IOException("The roll-out changes all the time; nothing was done.");
    }

    private Optional<KnownRollout> rollout() throws IOException {
        Optional<StoredRecord> record = records.get(RecordNames.ROLLOUT);
        return record.isEmpty()
                ? Optional.empty()
                : Optional.of(new KnownRollout(
                        RolloutJson.parse(record.get().value()), record.get().version()));
    }
}
