package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.SigningKeys;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.RecordStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The part of a control server that hosts of a fleet speak to. Where no host is enrolled, it does nothing. */
public final class Fleet implements AutoCloseable {

    private final PolicyStore store;
    private final FleetView view = new FleetView();
    private final Serving serving;
    private final PointerWaits waits;
    private final FleetEndpoint endpoint;
    private final RolloutDriver driver;
    private final FleetWork work;
    private final AutoCloseable watch;
    private final Clock clock;
    private @Nullable AutoCloseable revisions;

    private Fleet(PolicyStore store, FleetSettings settings, Optional<PrivateKey> key, Clock clock) throws IOException {
        RecordStore records = store.records();
        var writer = new RecordWriter(records);
        String server = UUID.randomUUID().toString();
        var seen = new SeenHosts(server, view, writer);
        this.store = store;
        this.clock = clock;
        var signatures = new Signatures(records, key);
        var editions = new EditionRecords(records);
        var served = new ServedRevisions(store, editions, signatures);
        this.serving = new Serving(view, served);
        this.waits = new PointerWaits(serving::pointer);
        var beside = new Editions(store, view, editions, signatures, served, clock);
        var membership = new Membership(
                store, view, new Claims(server, view), new RegisteredPolicies(store, editions), beside, clock);
        var faults = new Faults(records, view, writer, clock);
        this.endpoint = new FleetEndpoint(
                view,
                seen,
                waits,
                served,
                writer,
                new Addresses(view, writer, membership, this::driveSoon, clock),
                faults,
                clock);
        this.driver = new RolloutDriver(store, signatures, editions, view, settings.rollout(), clock);
        var alive = new ServerSign(server, records, view, clock);
        this.work = new FleetWork(clock, writer, seen, waits, driver, alive, this::serveNow, () -> {
            membership.run();
            faults.run();
        });
        this.watch = records.watch(RecordNames.ALL, change -> {
            if (view.take(change)) {
                work.serveSoon();
            }
        });
        work.start();
    }

    /**
     * Begins to answer hosts, and to take revisions to them.
     *
     * @throws IOException with a sentence for the operator: the records or the key cannot be read
     */
    public static Fleet start(PolicyStore store, FleetSettings settings, Clock clock) throws IOException {
        Optional<Path> file = settings.signWith();
        Optional<PrivateKey> key =
                file.isPresent() ? Optional.of(SigningKeys.privateKey(file.get())) : Optional.empty();
        return new Fleet(store, settings, key, clock);
    }

    private void driveSoon() {
        work.driveSoon();
    }

    /** Has the revisions at hand that hosts are to have now, and tells those who wait when these have changed. */
    private void serveNow() throws IOException {
        if (revisions == null && view.hasHosts()) {
            revisions = store.watchNewest(work::driveSoon);
        }
        serving.look(waits::wake);
    }

    /** What hosts are answered. */
    public FleetEndpoint endpoint() {
        return endpoint;
    }

    /** Answers whether the hosts follow a change. */
    public LocalDaemon follower() {
        return new FleetFollower(store, view, this::rollOut, clock);
    }

    private void rollOut(String checked) {
        driver.isChecked(checked);
        work.driveSoon();
    }

    /** What can be counted. */
    public FleetCounts counts() {
        return FleetCounts.of(view, clock.instant());
    }

    /** Answers the hosts that wait, and ends. */
    @Override
    public void close() throws IOException {
        work.close();
        waits.end();
        try {
            watch.close();
            if (revisions != null) {
                revisions.close();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
