package io.secgroupd.daemon.cli.service;

import io.secgroupd.daemon.admin.FlowFollowers;
import io.secgroupd.daemon.admin.HitsKeeper;
import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.log.DaemonLog;
import io.secgroupd.daemon.control.Attempts;
import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.LastGood;
import io.secgroupd.daemon.control.LoadedPolicy;
import io.secgroupd.daemon.control.NextPolicy;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.CutFlows;
import io.secgroupd.daemon.dataplane.DataPlane;
import io.secgroupd.daemon.dataplane.LoopListener;
import io.secgroupd.daemon.flowlog.FlowLogWriter;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.Guard;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.HooksException;
import io.secgroupd.daemon.nfqueue.NfQueue;
import io.secgroupd.daemon.nfqueue.QueueException;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.FailureSettings.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running daemon. It comes up in an order in which nothing is ever half done: policy, queues, flow log, packet loops,
 * and the hooks last, since from then on packets wait for an answer. While the policy is read, the queues are opened and the
 * host's tools looked at: after a restart the hooks stand already, and what comes meanwhile waits instead of being lost.
 */
public final class Daemon implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final DaemonSettings settings;
    private final DaemonLog log;
    private final Hooks hooks = new Hooks(CommandRunner.ofThisHost());
    private final Opened opened = new Opened();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final CutFlows cutFlows = new CutFlows();
    private final CutConnections cutConnections;
    private @Nullable Guard guard;
    private final SystemdNotify systemd =
            SystemdNotify.of(System.getenv(), ProcessHandle.current().pid());
    private final FlowFollowers followers = new FlowFollowers();
    private @Nullable DaemonAdmin admin;

    private Daemon(DaemonSettings settings, DaemonLog log) {
        this.settings = settings;
        this.log = log;
        this.cutConnections = opened.add(SettingsMapping.cutConnections(settings, cutFlows));
    }

    /**
     * Starts everything, or nothing.
     *
     * @param err takes the problems of the rules file
     * @throws CommandFailedException with the sentence that says why it cannot be
     */
    public static Daemon start(Path rules, DaemonSettings settings, DaemonLog log, PrintWriter err) {
        var daemon = new Daemon(settings, log);
        try {
            daemon.open(rules, err);
            return daemon;
        } catch (RuntimeException e) {
            daemon.opened.close();
            throw e;
        }
    }

    private void open(Path rules, PrintWriter err) {
        Path state = DaemonAdmin.stateDirectory(System.getenv());
        var lastGood = new LastGood(state);
        var attempts = new Attempts(state, lastGood);
        var loader = new PolicyLoader(rules, SettingsMapping.selector(settings, CarryMemory.in(state)))
                .with(SettingsMapping.rights(settings))
                .with(attempts);
        Ahead<List<NfQueue>> opening = Ahead.begin("open-queues", this::openQueues);
        Ahead<Hooks.Plan> planning =
                Ahead.begin("plan-hooks", () -> hooks.plan(settings.hooks().backend()));
        var firstPolicy = new FirstPolicy(loader, lastGood, attempts);
        LoadedPolicy first = firstPolicy.load(rules, err);
        RunningPolicy.remark(first);
        var hits = opened.add(HitsKeeper.start(state));
        var policy = new RunningPolicy(first, hits.counters(), systemd);
        List<NfQueue> queues = opened(opening);
        List<FlowRing> rings = openRings(queues.size());
        FlowLogWriter flowLog = opened.add(FlowLogWriter.start(rings, FlowLogSetup.target(settings), followers));
        DataPlane dataPlane = startDataPlane(policy.active(), queues, rings);
        boolean restarted = SettingsMapping.cuts(settings) && hooks.standing().isPresent();
        Hooks.Installed installed = installHooks(planning);
        Guard guarding = startGuard(installed);
        cutConnections.tellMarkWriters();
        if (restarted) { // the policy may be another than that of the run before, and the mark by which that one cut
            cutConnections.follow(first.filter(), Optional.empty(), dataPlane::settle);
        }
        firstPolicy.keep(rules, first);
        ControlPlane control = opened.add(follow(
                loader,
                first,
                next -> {
                    RunningPolicy.InForce before = policy.putInForce(next.policy());
                    cutConnections.follow(next.policy().filter(), next.existing(), dataPlane::settle);
                    policy.tell(before, next.took());
                },
                good -> firstPolicy.keep(rules, good),
                policy::readdress));
        systemd.ready(policy.sentence());
        LOG.info(
                "daemon.ready mode={} generation={} hash={} instances={} hooks={} queues={}",
                settings.mode().name().toLowerCase(Locale.ROOT),
                policy.generation(),
                first.shortHash(),
                RunningPolicy.names(first),
                installed.version(),
                queues.size());
        systemd.watchdogInterval().ifPresent(interval -> dataPlane.heartbeat(interval, systemd::alive));
        var account = new InstalledHooks(hooks, installed, SettingsMapping.skeleton(settings), guarding::hooksRestored);
        admin = new DaemonAdmin(
                settings,
                policy,
                dataPlane,
                new QueueAccount(SettingsMapping.queues(settings), dataPlane::counters),
                control,
                flowLog,
                account,
                log,
                new Trials(control, state));
    }

    @Override
    public void serveAdmin() {
        DaemonAdmin.start(settings, Objects.requireNonNull(admin, "open() has made it"), followers, opened);
    }

    private List<NfQueue> openQueues() throws IOException {
        var queues = new ArrayList<NfQueue>();
        for (var queue : SettingsMapping.queues(settings)) {
            queues.add(opened.add(NfQueue.open(queue)));
        }
        return queues;
    }

    private static List<NfQueue> opened(Ahead<List<NfQueue>> queues) {
        try {
            return queues.get();
        } catch (QueueException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.getMessage() + "; nothing was installed", e);
        } catch (Exception e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "the queue cannot be opened: " + e.getMessage() + "; nothing was installed", e);
        }
    }

    private List<FlowRing> openRings(int count) {
        var rings = new ArrayList<FlowRing>();
        for (int i = 0; i < count; i++) {
            rings.add(FlowLogSetup.ring(settings));
        }
        return rings;
    }

    private DataPlane startDataPlane(ActivePolicy activePolicy, List<NfQueue> queues, List<FlowRing> rings) {
        try {
            var sinks = rings.iterator();
            return opened.add(DataPlane.start(
                    queues,
                    activePolicy,
                    cutFlows,
                    SettingsMapping.loops(settings, hooks),
                    sinks::next,
                    new Listener()));
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.getMessage() + "; nothing was installed", e);
        }
    }

    private Hooks.Installed installHooks(Ahead<Hooks.Plan> plan) {
        try {
            return hooks.install(plan.get(), SettingsMapping.skeleton(settings));
        } catch (Exception e) {
            throw new CommandFailedException(ExitCode.FAILED, e.getMessage() + "; nothing was installed", e);
        }
    }

    private Guard startGuard(Hooks.Installed installed) {
        try {
            Guard started = opened.add(Guard.start(hooks, installed, SettingsMapping.skeleton(settings)));
            guard = started;
            return started;
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, "the hooks cannot be watched: " + e.getMessage(), e);
        }
    }

    static ControlPlane follow(
            PolicyLoader loader,
            LoadedPolicy first,
            Consumer<NextPolicy> putInForce,
            Consumer<LoadedPolicy> written,
            Consumer<LoadedPolicy> readdress) {
        try {
            var control = new ControlPlane(loader, first, putInForce, written, readdress);
            control.start();
            return control;
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "the rules file cannot be followed: " + e.getMessage(), e);
        }
    }

    @Override
    public void reload() {
        Objects.requireNonNull(admin, "open() has made it").control().reloadSoon();
    }

    @Override
    public int awaitEnd() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean close() {
        systemd.stopping();
        boolean orderly = ended.complete(ExitCode.DONE);
        boolean removed = orderly && settings.on().stop() == Stop.REMOVE && removeHooks();
        opened.close();
        log.tellRepeated();
        if (removed) {
            LOG.info("daemon.stopped hooks=removed: new connections are no longer judged");
        } else if (SettingsMapping.skeleton(settings).opensWithoutListener()) {
            LOG.info("daemon.stopped hooks=kept: new connections are let through unjudged until the next start");
        } else {
            LOG.info("daemon.stopped hooks=kept: new connections are refused until the next start; "
                    + "to open the host: secgroupd hooks remove");
        }
        return orderly;
    }

    private boolean removeHooks() {
        if (guard != null) {
            guard.close(); // it would put back what is taken away here
        }
        try {
            hooks.remove(settings.hooks().backend());
            return true;
        } catch (HooksException e) {
            LOG.error("hooks.failed {}", e.getMessage());
            return false;
        }
    }

    /** A queue that nobody serves drops every new connection: the process ends, so that systemd starts another. */
    private final class Listener implements LoopListener {
        @Override
        public void faulted(RuntimeException first) {
            LOG.error(
                    "packet.failed; the setting on.internal_error answered it; later ones of this kind are counted",
                    first);
        }

        @Override
        public void stopped(Throwable fault) {
            LOG.error("loop.stopped; the daemon ends", fault);
            ended.complete(ExitCode.FAILED);
        }
    }
}
