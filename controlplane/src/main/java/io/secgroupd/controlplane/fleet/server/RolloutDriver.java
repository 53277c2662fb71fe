package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.FirstHost;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutJson;
import io.secgroupd.controlplane.fleet.rollout.RolloutProgress;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.fleet.server.FleetView.KnownRollout;
import io.secgroupd.controlplane.store.Newest;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each new revision to the hosts, step by step, as long as they are well with it. Every control server does so; what one
 * has decided, the others find when they want to write the same.
 */
final class RolloutDriver {

    private static final Logger LOG = LoggerFactory.getLogger(RolloutDriver.class);

    private final PolicyStore store;
    private final RecordStore records;
    private final FleetView view;
    private final RolloutSettings usual;
    private final TakeBack takeBack;
    private final Clock clock;
    private volatile String checked = "";
    private long waiting;
    private long unsound;

    /**
     * Makes one.
     *
     * @param usual      how a revision is rolled out for which nothing else was wished
     * @param signatures sign what is made here to take another revision back
     */
    RolloutDriver(
            PolicyStore store,
            Signatures signatures,
            EditionRecords editions,
            FleetView view,
            RolloutSettings usual,
            Clock clock) {
        this.store = store;
        this.records = store.records();
        this.view = view;
        this.usual = usual;
        this.takeBack = new TakeBack(store, editions, signatures, clock);
        this.clock = clock;
    }

    /** Does what is due. */
    void run() throws IOException {
        Optional<KnownRollout> known = view.rollout();
        if (known.isEmpty() && !view.hasHosts()) {
            return; // there is no fleet
        }
        Newest newest = store.newest();
        if (newest.serial() > known.map(rollout -> rollout.rollout().serial()).orElse(0L)) {
            begin(newest, known);
        } else if (known.isPresent()) {
            goOn(known.get(), newest);
        }
    }

    private void begin(Newest newest, Optional<KnownRollout> known) throws IOException {
        Optional<RolloutWish> wished = wish(newest);
        RolloutSettings asked = wished.flatMap(RolloutWish::settings).orElse(usual);
        Instant now = clock.instant();
        List<HostState> hosts = view.states(now);
        // What all get at once, as what takes harm away, is tried by nobody before.
        if (asked.count() > 1 && isHostAwaited(hosts)) {
            tellWaiting(newest.serial());
            return;
        }
        // Whoever wishes a roll-out has checked what is to be rolled out, and so has whoever waits for it.
        if (wished.isEmpty() && !newest.hash().equals(checked) && !isSound(newest.serial())) {
            return;
        }
        Optional<Rollout> before = known.map(KnownRollout::rollout);
        RolloutSettings settings = FirstHost.in(asked, hosts);
        Rollout begun = Rollout.begin(
                newest.serial(),
                0,
                settings,
                now,
                newest.origin().reason(),
                newest.origin().author());
        // What the fleet makes by itself says who is there; hosts that do not get it at once have the edition.
        boolean own = begun.author().equals(TakeBack.BY_ITSELF) && settings.count() == 1;
        Rollout next = before.map(earlier -> begun.after(earlier).in(own ? Optional.empty() : earlier.edition()))
                .orElse(begun);
        if (put(next, known.map(KnownRollout::version).orElse(0L))) {
            LOG.info(
                    "rollout.begun revision={} by={} steps={} first={} hosts={}",
                    next.serial(),
                    next.author(),
                    settings.stepsText(),
                    settings.first(),
                    hosts.size());
        }
    }

    /** None is there that could try a revision before others get it, as after a start of the control server, but some were. */
    private static boolean isHostAwaited(List<HostState> hosts) {
        return RolloutProgress.haveCome(hosts) && hosts.stream().noneMatch(HostState::connected);
    }

    private void tellWaiting(long serial) {
        if (serial != waiting) {
            waiting = serial;
            LOG.info("rollout.waiting revision={} for a host that tries it first; none is there", serial);
        }
    }

    /** A revision that is broken reaches no host. Whoever has made it can see it, and so can {@code fleet status}. */
    private boolean isSound(long serial) throws IOException {
        if (serial == unsound) {
            return false;
        }
        Revision revision = store.current();
        if (revision.serial() != serial) {
            return false; // a newer one was made meanwhile, and is looked at next
        }
        boolean sound = PolicyPipeline.check(revision.files().first(), revision.read(), clock.instant())
                .sound()
                .isPresent();
        if (!sound) {
            unsound = revision.serial();
            LOG.warn("rollout.unsound revision={} has errors, or its tests fail; no host gets it", revision.serial());
        }
        return sound;
    }

    /** Notes the hash of a revision that somebody has checked already. */
    void isChecked(String hash) {
        checked = hash;
    }

    private Optional<RolloutWish> wish(Newest revision) throws IOException {
        Optional<StoredRecord> wish = records.get(RecordNames.WISH);
        if (wish.isPresent()) {
            RolloutWish read = RolloutWish.parse(wish.get().value());
            if (read.isFor(revision.serial(), revision.hash())) {
                return Optional.of(read);
            }
        }
        return Optional.empty();
    }

    private void goOn(KnownRollout known, Newest newest) throws IOException {
        Rollout rollout = known.rollout();
        if (rollout.stage() == Stage.RUNNING) {
            judge(known);
        } else if (rollout.stage() == Stage.FAILED && newest.serial() == rollout.serial()) {
            takeBack.run(rollout, view.states(clock.instant()), store.current());
        }
    }

    private void judge(KnownRollout known) throws IOException {
        Instant now = clock.instant();
        Optional<Rollout> next = RolloutProgress.of(known.rollout(), view.states(now), now);
        if (next.isPresent() && put(next.get(), known.version())) {
            tell(next.get());
        }
    }

    private static void tell(Rollout rollout) {
        switch (rollout.stage()) {
            case FAILED -> LOG.warn("rollout.failed revision={} {}", rollout.serial(), rollout.why());
            case DONE -> LOG.info("rollout.done revision={}", rollout.serial());
            default ->
                LOG.info(
                        "rollout.step revision={} step={}",
                        rollout.serial(),
                        rollout.settings().name(rollout.step()));
        }
    }

    private boolean put(Rollout rollout, long version) throws IOException {
        return records.put(RecordNames.ROLLOUT, RolloutJson.text(rollout), version);
    }
}
