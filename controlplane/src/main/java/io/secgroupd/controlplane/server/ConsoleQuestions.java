package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.WaitingHandler;
import io.secgroupd.controlplane.console.apply.ApplyView;
import io.secgroupd.controlplane.console.apply.ChangesView;
import io.secgroupd.controlplane.console.apply.ConfirmView;
import io.secgroupd.controlplane.console.apply.TakeBackView;
import io.secgroupd.controlplane.console.apply.TrialKeeper;
import io.secgroupd.controlplane.console.apply.Trials;
import io.secgroupd.controlplane.console.draft.DraftResult;
import io.secgroupd.controlplane.console.draft.DraftView;
import io.secgroupd.controlplane.console.draft.Drafts;
import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.console.hosts.HostsView;
import io.secgroupd.controlplane.console.hosts.RolloutView;
import io.secgroupd.controlplane.console.map.DraftMapView;
import io.secgroupd.controlplane.console.map.MapView;
import io.secgroupd.controlplane.console.traffic.HostTraffic;
import io.secgroupd.controlplane.console.view.HistoryView;
import io.secgroupd.controlplane.console.view.PolicyView;
import io.secgroupd.controlplane.console.view.WhyView;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who answers which question of the console. */
final class ConsoleQuestions implements AutoCloseable {

    private final HostTraffic traffic;
    private final TrialKeeper keeper;
    private final ChangesView changes;
    private final Map<String, ApiHandler> handlers = new TreeMap<>();
    private final Map<String, WaitingHandler> waiting = new TreeMap<>();

    /**
     * Makes those that answer.
     *
     * @param daemon takes what is applied
     * @param host   tells of the traffic of this host, if that is judged by the policy
     * @param key    signs what a roll back makes
     * @param made   is called when an answer has been made that takes much memory to make
     * @throws IOException with a sentence for the operator: the records cannot be followed
     */
    ConsoleQuestions(
            PolicyStore store,
            LocalDaemon daemon,
            ConsoleHost host,
            Optional<PrivateKey> key,
            Runnable made,
            Clock clock)
            throws IOException {
        var drafts = new Drafts(store);
        var trials = new Trials(store, daemon, clock);
        var desk = new FleetDesk(store, clock);
        changes = new ChangesView(store, clock);
        keeper = TrialKeeper.start(store, trials);
        traffic = new HostTraffic(host, store, (base, changes) -> files(drafts.evaluate(base, changes)), clock);
        handlers.putAll(Map.of(
                "GET policy", new PolicyView(store, made),
                "GET history", new HistoryView(store),
                "GET map", new MapView(store, made),
                "POST map", new DraftMapView(drafts),
                "POST why", new WhyView(store),
                "POST draft", new DraftView(drafts),
                "GET fleet", new HostsView(desk),
                "POST fleet", new RolloutView(desk, key, clock)));
        handlers.putAll(Map.of(
                "POST apply", new ApplyView(store, daemon, drafts, trials, clock),
                "POST confirm", new ConfirmView(trials),
                "POST takeback", new TakeBackView(trials, clock)));
        handlers.putAll(traffic.handlers());
        waiting.put("GET changes", changes);
        waiting.putAll(traffic.waiting());
    }

    private static Optional<PolicyFiles> files(DraftResult result) {
        return result.stale()
                ? Optional.empty()
                : result.edited().map(edited -> result.revision().files().with(edited.files()));
    }

    /** By method and name, such as {@code POST draft}. */
    Map<String, ApiHandler> handlers() {
        return handlers;
    }

    /** The same for questions that wait for something new. */
    Map<String, WaitingHandler> waiting() {
        return waiting;
    }

    @Override
    public void close() {
        traffic.close();
        changes.close();
        keeper.close();
    }
}
