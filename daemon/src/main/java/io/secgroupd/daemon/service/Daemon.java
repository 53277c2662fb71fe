package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.AdminServer;
import io.secgroupd.daemon.admin.FlowFollowers;
import io.secgroupd.daemon.admin.HitsKeeper;
import io.secgroupd.daemon.admin.SocketFile;
import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.control.Attempts;
import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.LastGood;
import io.secgroupd.daemon.control.LastGoodKeeper;
import io.secgroupd.daemon.control.PolicyChange;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.control.SteadyTime;
import io.secgroupd.daemon.flowlog.FlowLogWriter;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.log.DaemonLog;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.shadow.ShadowKeeper;
import io.secgroupd.daemon.terms.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running daemon, in any mode. It starts in an order in which nothing is ever half done: the policy, the source of
 * packets, the flow log, and last the judging of packets, because from then on packets wait for an answer.
 */
public final class Daemon {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final DaemonSettings settings;
    private final DaemonLog log;
    private final OpenResources opened = new OpenResources();
    private final SystemdNotify systemd =
            SystemdNotify.of(System.getenv(), ProcessHandle.current().pid());
    private final FlowFollowers followers = new FlowFollowers();
    private final PacketSource source;
    /** Completed with true by an orderly end or with false by a fault, whichever comes first. */
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    private final DaemonAdmin admin;

    /** What is done last, when the daemon answers on its sockets. */
    private Runnable last = () -> {};

    private Daemon(Path rules, DaemonSettings settings, DaemonLog log, String version, PrintWriter err) {
        this.settings = settings;
        this.log = log;
        try {
            this.source = settings.mode() == Mode.MONITOR
                    ? new CaptureSource(settings, opened)
                    : new QueueSource(settings, opened);
            this.admin = open(rules, version, err);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Starts everything, or nothing.
     *
     * @param version the version of this program, for its reports
     * @param err receives the problems of the rules file
     * @throws StartException when the daemon cannot start; its message is a sentence that says why
     */
    public static Daemon start(Path rules, DaemonSettings settings, DaemonLog log, String version, PrintWriter err) {
        return new Daemon(rules, settings, log, version, err);
    }

    private DaemonAdmin open(Path rules, String version, PrintWriter err) {
        Path state = StateDirectory.of(System.getenv());
        var lastGood = new LastGood(state);
        var attempts = new Attempts(state, lastGood);
        var loader = new PolicyLoader(rules, SettingsMapping.selector(settings, CarryMemory.in(state)))
                .with(settings.rulesRights())
                .with(attempts);
        var keeper = new LastGoodKeeper(lastGood, rules);
        HostPolicy first = new PolicyAtStart(loader, lastGood, attempts).load(rules, err);
        RunningPolicy.remark(first);
        var hits = opened.add(HitsKeeper.start(state));
        var shadow = opened.add(new ShadowKeeper(state, InstantSource.system()));
        var cache = CacheSetup.make(settings);
        var policy = new RunningPolicy(first, hits.counters(), shadow.ledger(), cache, systemd);
        var units = new UnitSetup(settings, opened);
        List<FlowRing> rings = Stream.generate(() -> FlowLogSetup.ring(settings, units))
                .limit(source.open())
                .toList();
        FlowLogWriter flowLog =
                opened.add(FlowLogWriter.start(rings, FlowLogSetup.target(settings), followers, units.units(), cache));
        source.judge(policy.active(), rings, () -> ended.complete(false));
        var shadowed = opened.add(new ShadowedPolicy(shadow, policy, loader));
        ControlPlane control = opened.add(follow(loader, first, policy, shadowed, keeper));
        var changes = new DaemonChanges(settings, policy, control, new Candidates(control, state));
        var guard = new ChangeGuard(
                control,
                policy,
                OperatorSessions.ofThisHost(),
                Set.copyOf(settings.control().ports()));
        var lane = new ShadowLane(shadowed, changes);
        last = () -> {
            tellReady(policy, first);
            // Its table changes what the kernel numbers, and whoever installs the hooks would list all tables again.
            opened.add(CacheSetup.start(settings, cache));
            keeper.keep(first);
            new ShadowRestart(shadowed, control, policy).resume();
            shadowed.start();
        };
        return new DaemonAdmin(
                new DaemonReport(
                        settings, version, policy, source, control, flowLog, cache, log, shadow, SteadyTime.now()),
                changes,
                guard,
                lane,
                new FleetTrials(changes, guard));
    }

    private ControlPlane follow(
            PolicyLoader loader,
            HostPolicy first,
            RunningPolicy policy,
            ShadowedPolicy shadowed,
            LastGoodKeeper keeper) {
        try {
            var control = new ControlPlane(
                    loader,
                    first,
                    change -> {
                        putInForce(policy, change);
                        shadowed.follow();
                    },
                    good -> {
                        keeper.keep(good);
                        shadowed.written(good);
                    },
                    again -> {
                        policy.readdress(again);
                        shadowed.follow();
                    });
            control.start();
            return control;
        } catch (IOException e) {
            throw new StartException("the rules file cannot be followed: " + e.getMessage(), e);
        }
    }

    private void putInForce(RunningPolicy policy, PolicyChange change) {
        RunningPolicy.Generation before = policy.putInForce(change.policy());
        source.follow(change);
        policy.tell(before, change.took());
    }

    private void tellReady(RunningPolicy policy, HostPolicy first) {
        systemd.ready(policy.sentence());
        LOG.info(
                "daemon.ready mode={} generation={} hash={} instances={} {}",
                settings.mode().name().toLowerCase(Locale.ROOT),
                policy.inForce().generation(),
                first.shortHash(),
                first.names(),
                source.words());
        systemd.watchdogInterval().ifPresent(interval -> source.heartbeat(interval, systemd::alive));
    }

    /**
     * Starts to answer on the admin socket, and to serve metrics when a port is set, and then says that the daemon is ready: what
     * this takes of the processors, the first packets would wait for. A failure of the sockets is only logged, because packets are
     * already judged and the host is protected with or without them.
     */
    public void serve() {
        opened.addAll(this::listen);
        source.awaitWarm();
        opened.addAll(last);
    }

    private void listen() {
        var server = opened.add(new AdminServer(admin, followers));
        try {
            server.listen(opened.add(
                    new SocketFile(settings.admin().socket(), settings.admin().group())));
        } catch (IOException e) {
            LOG.error("admin.failed {}; status and reload cannot reach this daemon", e.getMessage());
        }
        listenForControl(server);
        listenForPull(server);
        settings.metricsListen().ifPresent(address -> {
            try {
                server.serveMetrics(address);
            } catch (IOException e) {
                LOG.error("metrics.failed {}; correct metrics.listen", e.getMessage());
            }
        });
    }

    private void listenForControl(AdminServer server) {
        String group = settings.control().group();
        if (!SocketFile.isGroup(group)) {
            LOG.debug("control.off: this host has no group {}", group);
            return;
        }
        try {
            server.listenForControl(opened.add(new SocketFile(settings.controlSocket(), group)));
        } catch (IOException e) {
            LOG.error("control.failed {}; a control server cannot reach this daemon", e.getMessage());
        }
    }

    private void listenForPull(AdminServer server) {
        String group = settings.pull().group();
        if (!SocketFile.isGroup(group)) {
            LOG.debug("admin.pull_off: this host has no group {}", group);
            return;
        }
        try {
            server.listenForPull(opened.add(new SocketFile(settings.pullSocket(), group)));
        } catch (IOException e) {
            LOG.error(
                    "admin.pull_failed {}; revisions of a control server cannot be tried on this host", e.getMessage());
        }
    }

    /** Makes the control plane read the files now, as {@code secgroupd reload} does, without waiting for it. */
    public void reload() {
        admin.changes().control().reloadSoon();
    }

    /** Waits until the daemon ends, and reports whether that was an orderly end rather than a fault. */
    public boolean awaitEnd() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes everything. Returns false when a fault ended the daemon. */
    public boolean close() {
        systemd.stopping();
        boolean orderly = ended.complete(true);
        source.stop(orderly);
        opened.close();
        log.tellRepeated();
        LOG.info("daemon.stopped {}", source.lastWords());
        return orderly;
    }
}
