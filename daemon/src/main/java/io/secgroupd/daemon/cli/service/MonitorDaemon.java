package io.secgroupd.daemon.cli.service;

import io.secgroupd.daemon.admin.FlowFollowers;
import io.secgroupd.daemon.admin.HitsKeeper;
import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.capture.CaptureException;
import io.secgroupd.daemon.capture.LiveCapture;
import io.secgroupd.daemon.capture.Monitor;
import io.secgroupd.daemon.capture.MonitorSettings;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.log.DaemonLog;
import io.secgroupd.daemon.cli.log.LibraryLog;
import io.secgroupd.daemon.control.Attempts;
import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.LastGood;
import io.secgroupd.daemon.control.LocalAddresses;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.dataplane.LocalSockets;
import io.secgroupd.daemon.dataplane.LoopListener;
import io.secgroupd.daemon.dataplane.PacketJudge;
import io.secgroupd.daemon.doctor.ProcessRights;
import io.secgroupd.daemon.flowlog.FlowLogWriter;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.flowlog.InterfaceNames;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.HooksException;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.MonitorOptions.JudgedProtocols;
import io.secgroupd.daemon.terms.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running daemon in mode monitor: it judges copies of packets, and touches neither netfilter nor a queue. */
public final class MonitorDaemon implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorDaemon.class);

    /** The longest header that libpcap puts before a packet. */
    private static final int COOKED_HEADER = 20;

    private final DaemonSettings settings;
    private final DaemonLog log;
    private final Opened opened = new Opened();
    private final FlowFollowers followers = new FlowFollowers();
    private final SystemdNotify systemd =
            SystemdNotify.of(System.getenv(), ProcessHandle.current().pid());
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final DaemonAdmin admin;

    private MonitorDaemon(Path rules, DaemonSettings settings, DaemonLog log, PrintWriter err) {
        this.settings = settings;
        this.log = log;
        try {
            this.admin = open(rules, err);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Starts everything, or nothing.
     *
     * @param err takes the problems of the rules file
     * @throws CommandFailedException with the sentence that says why it cannot be
     */
    public static MonitorDaemon start(Path rules, DaemonSettings settings, DaemonLog log, PrintWriter err) {
        return new MonitorDaemon(rules, settings, log, err);
    }

    private DaemonAdmin open(Path rules, PrintWriter err) {
        Path state = DaemonAdmin.stateDirectory(System.getenv());
        var lastGood = new LastGood(state);
        var attempts = new Attempts(state, lastGood);
        var loader = new PolicyLoader(rules, SettingsMapping.selector(settings, CarryMemory.in(state)))
                .with(SettingsMapping.rights(settings))
                .with(attempts);
        var firstPolicy = new FirstPolicy(loader, lastGood, attempts);
        HostPolicy first = firstPolicy.load(rules, err);
        RunningPolicy.remark(first);
        var hits = opened.add(HitsKeeper.start(state));
        var policy = new RunningPolicy(first, hits.counters(), systemd);
        LiveCapture capture = openCapture();
        removeHooksOfAnotherMode();
        FlowRing ring = FlowLogSetup.ring(settings);
        FlowLogWriter flowLog =
                opened.add(FlowLogWriter.start(List.of(ring), FlowLogSetup.target(settings), followers));
        Monitor monitor = opened.add(Monitor.start(capture, policy.active(), judged(), judge(), ring, new Listener()));
        firstPolicy.keep(rules, first);
        ControlPlane control = opened.add(Daemon.follow(
                loader,
                first,
                next -> {
                    RunningPolicy.InForce before = policy.putInForce(next.policy());
                    policy.tell(before, next.took());
                },
                good -> firstPolicy.keep(rules, good),
                policy::readdress));
        systemd.ready(policy.sentence());
        LOG.info(
                "daemon.ready mode=monitor generation={} hash={} instances={} interfaces={} first_packets={}",
                policy.generation(),
                first.shortHash(),
                RunningPolicy.names(first),
                settings.monitor()
                        .interfaces()
                        .map(names -> String.join(",", names))
                        .orElse("all"),
                allProtocols() ? "all" : "tcp");
        systemd.watchdogInterval().ifPresent(interval -> monitor.heartbeat(interval, systemd::alive));
        return new DaemonAdmin(
                settings,
                policy,
                monitor,
                new CaptureAccount(monitor),
                control,
                flowLog,
                HooksAccount.NONE,
                log,
                new Trials(control, state));
    }

    /** Nobody reads the queue now: a skeleton that an earlier mode has left would refuse every new connection. */
    private static void removeHooksOfAnotherMode() {
        if (!ProcessRights.ofThisProcess().map(ProcessRights::netAdmin).orElse(true)) {
            LOG.warn(
                    "hooks.unseen: without CAP_NET_ADMIN it cannot be seen whether an earlier mode has left hooks, which "
                            + "would refuse new connections; to be sure: secgroupd hooks remove");
            return;
        }
        var hooks = new Hooks(CommandRunner.ofThisHost());
        try {
            if (hooks.standing().isPresent()) {
                hooks.remove(Backend.AUTO);
                LOG.warn("hooks.removed: an earlier mode had left them; mode monitor leaves every packet alone");
            }
        } catch (HooksException e) {
            LOG.error("hooks.failed {}; new connections may be refused: secgroupd hooks remove", e.getMessage());
        }
    }

    private boolean allProtocols() {
        return settings.monitor().firstPackets() == JudgedProtocols.ALL;
    }

    private LiveCapture openCapture() {
        LibraryLog.silencePcap4j();
        try {
            LiveCapture capture = LiveCapture.open(
                    allProtocols(),
                    settings.queue().copyBytes() + COOKED_HEADER,
                    settings.queue().receiveBuffer());
            if (settings.monitor().interfaces().isPresent() && !capture.tellsInterfaces()) {
                capture.close();
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        "this libpcap does not tell interfaces apart; install version 1.10 or newer, or leave out"
                                + " monitor.interfaces in daemon.yaml");
            }
            return capture;
        } catch (CaptureException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private MonitorSettings judged() {
        return new MonitorSettings(
                settings.monitor().interfaces().map(Set::copyOf).orElse(Set.of()),
                settings.hooks().judged(),
                settings.on().undecodable(),
                LocalAddresses::current,
                new InterfaceNames());
    }

    private PacketJudge judge() {
        try {
            return new PacketJudge(settings.pickup(), opened.add(LocalSockets.open()));
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "the sockets of this host cannot be asked for: " + e.getMessage(), e);
        }
    }

    @Override
    public void serveAdmin() {
        DaemonAdmin.start(settings, admin, followers, opened);
    }

    @Override
    public void reload() {
        admin.control().reloadSoon();
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
        opened.close();
        log.tellRepeated();
        LOG.info("daemon.stopped mode=monitor");
        return orderly;
    }

    /** A monitor that sees nothing would look like a quiet network: the process ends, so that systemd starts another. */
    private final class Listener implements LoopListener {
        @Override
        public void faulted(RuntimeException first) {
            LOG.error("packet.failed", first);
        }

        @Override
        public void stopped(Throwable fault) {
            LOG.error("monitor.stopped; the daemon ends", fault);
            ended.complete(ExitCode.FAILED);
        }
    }
}
