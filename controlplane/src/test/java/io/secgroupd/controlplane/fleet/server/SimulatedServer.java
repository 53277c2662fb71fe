package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.HostStateJson;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.server.FleetView.KnownRollout;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.RecordStore.RecordChange;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The part of a control server that a fleet needs, wired as {@link Fleet} does it, without threads and sockets. */
public final class SimulatedServer {

    private final Clock clock;
    private final FleetView view = new FleetView();
    private final RecordWriter writer;
    private final SeenHosts seen;
    private final ServedRevisions served;
    private final Serving serving;
    private final RolloutDriver driver;
    private final ServerSign alive;
    private boolean woken;

    /**
     * Starts one, which works when it is told to.
     *
     * @param name tells this server from the others, and from those that had its place before
     */
    public SimulatedServer(String name, PolicyStore store, Clock clock) throws IOException {
        this.clock = clock;
        var signatures = new Signatures(store.records(), Optional.empty());
        var editions = new EditionRecords(store.records());
        writer = new RecordWriter(store.records());
        seen = new SeenHosts(name, view, writer);
        served = new ServedRevisions(store, editions, signatures);
        serving = new Serving(view, served);
        driver = new RolloutDriver(store, signatures, editions, view, RolloutSettings.DEFAULT, clock);
        alive = new ServerSign(name, store.records(), view, clock);
        var unused = store.records().watch(RecordNames.ALL, this::take);
    }

    private void take(RecordChange change) {
        var unused = view.take(change); // what is served is looked at each time
    }

    /** Does what is due with the store. */
    public void drive() throws IOException {
        writer.flush();
        alive.run();
        driver.run();
        serve();
    }

    /** Tells of hosts that are gone, which it does also while what needs the store fails. */
    public void sweep() {
        seen.sweep(clock.instant());
        writer.flush();
    }

    /** Does what is due at once when the store has told of something. */
    public void serve() throws IOException {
        serving.look(() -> woken = true);
    }

    /** Whether those who wait are to be told since this was asked for the last time. */
    public boolean hasWoken() {
        boolean now = woken;
        woken = false;
        return now;
    }

    /** A host asks what it is to have, and waits here for what comes next. */
    public Optional<Pointer> waits(String host) {
        seen.waits(host, clock.instant());
        return pointer(host);
    }

    /** What a host is to have. */
    public Optional<Pointer> pointer(String host) {
        return serving.pointer(host);
    }

    /** A host waits no more. */
    public void leaves(String host) {
        seen.waitsNoMore(host, clock.instant());
    }

    /** The manifest that a pointer names; empty when it is not served any longer. */
    public Optional<Manifest> manifest(Pointer pointer) throws IOException {
        Optional<byte[]> bytes = served.piece(pointer.manifest());
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Manifest.parse(bytes.get()));
    }

    /** A host tells what came of a revision. The answer comes when it is stored. */
    public CompletableFuture<Void> report(String host, HostReport report) {
        seen.asks(host, clock.instant());
        HostState state = HostStates.after(view.reported(host), report, clock.instant());
        return writer.put(RecordNames.REPORTS + host, HostStateJson.text(state));
    }

    /** The roll-out as it is known here. */
    public Optional<Rollout> rollout() {
        return view.rollout().map(KnownRollout::rollout);
    }

    /** Whether the revisions of the roll-out that is known here are at hand. */
    public boolean isServing() {
        return !view.hasHosts()
                || rollout().stream()
                        .flatMap(known -> known.serials().stream())
                        .allMatch(serial -> served.pointer(serial).isPresent());
    }
}
