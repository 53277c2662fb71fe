package io.secgroupd.controlplane.console.apply;

import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The trial of a store, of which there is one at a time. It is a record that all control servers share, so any of them can end
 * it. Whoever confirms it or takes it back has to change the record first, and so only one of them does.
 */
public final class Trials {

    /** The record of the trial. */
    static final String RECORD = "console/trial";

    /** After this time another server does what one has begun that is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PolicyStore store;
    private final RecordStore records;
    private final LocalDaemon daemon;
    private final Clock clock;

    /** Those of a store. */
    public Trials(PolicyStore store, LocalDaemon daemon, Clock clock) {
        this.store = store;
        this.records = store.records();
        this.daemon = daemon;
        this.clock = clock;
    }

    private record Kept(PolicyTrial trial, long version) {}

    private Optional<Kept> kept() throws IOException {
        Optional<StoredRecord> record = records.get(RECORD);
        return record.isEmpty()
                ? Optional.empty()
                : Optional.of(new Kept(
                        PolicyTrial.parse(record.get().value()), record.get().version()));
    }

    /** The trial that is under way. */
    public Optional<PolicyTrial> running() throws IOException {
        return running(store.current());
    }

    /** The trial of the newest revision, when that is one. */
    Optional<PolicyTrial> running(Revision newest) throws IOException {
        return kept().map(Kept::trial).filter(trial -> trial.isOf(newest) && !trial.ending());
    }

    /**
     * Begins a trial before its revision is made: if the server stops in between, the revision is on trial all the same.
     *
     * @return whether there is none already
     */
    boolean begin(PolicyTrial trial) throws IOException {
        Optional<Kept> old = kept();
        if (old.isPresent() && old.get().trial().isOf(store.current())) {
            return false;
        }
        return records.put(RECORD, trial.text(), old.map(Kept::version).orElse(0L));
    }

    /** Forgets a trial whose revision was not made. */
    void forget() throws IOException {
        records.remove(List.of(RECORD));
    }

    /** Lets a revision stay; returns false when it is not on trial any more. */
    public boolean confirm(long serial) throws IOException {
        boolean won = claim(serial);
        if (won) {
            forget();
        }
        return won;
    }

    /** Makes the record another one, which nobody else has done. */
    private boolean claim(long serial) throws IOException {
        Optional<Kept> kept = kept();
        return kept.isPresent()
                && kept.get().trial().serial() == serial
                && !kept.get().trial().ending()
                && kept.get().trial().isOf(store.current())
                && records.put(
                        RECORD, kept.get().trial().end().text(), kept.get().version());
    }

    /**
     * Takes a revision back.
     *
     * @return the revision with the former content; empty when it is not on trial any more
     */
    public Optional<Revision> takeBack(long serial, String by) throws IOException {
        Optional<Kept> kept = kept();
        if (kept.isEmpty() || !claim(serial)) {
            return Optional.empty();
        }
        return restore(kept.get().trial(), new Origin(by, "takes back revision " + serial, clock.instant()));
    }

    /** How long it takes until something has to be done; empty when there is no trial. */
    Optional<Duration> left() throws IOException {
        return kept().map(kept -> Duration.between(clock.instant(), due(kept.trial())));
    }

    private static Instant due(PolicyTrial trial) {
        return trial.ending() ? trial.deadline().plus(PATIENCE) : trial.deadline();
    }

    /**
     * Ends a trial whose time is over.
     *
     * @return the revision with the former content; empty when there is nothing to take back
     */
    public Optional<Revision> expire() throws IOException {
        Optional<Kept> kept = kept();
        if (kept.isEmpty() || due(kept.get().trial()).isAfter(clock.instant())) {
            return Optional.empty();
        }
        PolicyTrial trial = kept.get().trial();
        if (!trial.isOf(store.current())) {
            forget(); // somebody has changed the policy since, and knew what was in force
            return Optional.empty();
        }
        if (!records.put(RECORD, trial.end().text(), kept.get().version())) {
            return Optional.empty();
        }
        String why = "takes back revision " + trial.serial() + ": nobody has confirmed it in time";
        return restore(trial, new Origin(trial.by(), why, clock.instant()));
    }

    private Optional<Revision> restore(PolicyTrial trial, Origin origin) throws IOException {
        Revision newest = store.current();
        if (!trial.isOf(newest)) {
            forget();
            return Optional.empty();
        }
        PolicyFiles former = store.files(trial.before())
                .orElseThrow(() -> new IOException(
                        "Revision " + trial.before() + " is not kept any more, so it cannot come back."));
        PolicyFiles files = FleetDesk.withRegistered(newest, former);
        ReadResult read = PolicyReader.read(files);
        PutResult put = store.replace(newest, files, read, origin);
        forget();
        if (!(put instanceof PutResult.Stored stored)) {
            return Optional.empty();
        }
        // It was in force before, so the daemon takes it again; if it does not, it says so by itself.
        var unused = daemon.follow(stored.revision().hash());
        return Optional.of(stored.revision());
    }
}
