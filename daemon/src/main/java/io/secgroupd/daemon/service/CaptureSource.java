package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import io.secgroupd.daemon.capture.CaptureException;
import io.secgroupd.daemon.capture.LiveCapture;
import io.secgroupd.daemon.capture.LiveCapture.CaptureLoss;
import io.secgroupd.daemon.capture.Monitor;
import io.secgroupd.daemon.capture.MonitorSettings;
import io.secgroupd.daemon.control.LocalAddresses;
import io.secgroupd.daemon.control.PolicyChange;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.DecisionTotals;
import io.secgroupd.daemon.dataplane.LocalSockets;
import io.secgroupd.daemon.dataplane.LoopListener;
import io.secgroupd.daemon.dataplane.PacketJudge;
import io.secgroupd.daemon.doctor.ProcessRights;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.flowlog.InterfaceNames;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.Hooks;
import io.secgroupd.daemon.hooks.HooksException;
import io.secgroupd.daemon.log.LibraryLog;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.MonitorOptions.JudgedProtocols;
import io.secgroupd.daemon.terms.Backend;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes copies of packets from a capture, in mode monitor. It touches neither netfilter nor a queue. */
final class CaptureSource implements PacketSource {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureSource.class);

    /** The longest header that libpcap puts before a packet. */
    private static final int COOKED_HEADER = 20;

    private final DaemonSettings settings;
    private final OpenResources opened;
    private @Nullable LiveCapture capture;
    private @Nullable Monitor monitor;

    CaptureSource(DaemonSettings settings, OpenResources opened) {
        this.settings = settings;
        this.opened = opened;
    }

    @Override
    public int open() {
        capture = openCapture();
        removeHooksOfAnotherMode();
        return 1;
    }

    private LiveCapture openCapture() {
        LibraryLog.silencePcap4j();
        try {
            LiveCapture open = LiveCapture.open(
                    allProtocols(),
                    settings.queue().copyBytes() + COOKED_HEADER,
                    settings.queue().receiveBuffer());
            if (settings.monitor().interfaces().isPresent() && !open.tellsInterfaces()) {
                open.close();
                throw new StartException(
                        "this libpcap does not tell interfaces apart; install version 1.10 or newer, or leave out"
                                + " monitor.interfaces in daemon.yaml");
            }
            return open;
        } catch (CaptureException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Removes a skeleton left from an earlier mode: nobody reads its queue now, so it would refuse every new connection. */
    private static void removeHooksOfAnotherMode() {
        if (!ProcessRights.ofThisProcess().map(ProcessRights::netAdmin).orElse(true)) {
            LOG.warn(
                    "hooks.unseen: without CAP_NET_ADMIN secgroupd cannot see whether an earlier mode has left hooks, which "
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

    @Override
    public void judge(ActivePolicy policy, List<FlowRing> rings, Runnable fault) {
        LiveCapture open = Objects.requireNonNull(capture, "open() has opened it");
        monitor = opened.add(Monitor.start(open, policy, judged(), judge(), rings.get(0), new CaptureFaults(fault)));
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
            throw new StartException("the sockets of this host cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Does nothing: a monitor cuts no connections. */
    @Override
    public void follow(PolicyChange change) {}

    @Override
    public void heartbeat(Duration every, Runnable beat) {
        judging().heartbeat(every, beat);
    }

    private Monitor judging() {
        return Objects.requireNonNull(monitor, "judge() has started it");
    }

    @Override
    public DecisionTotals totals() {
        return judging();
    }

    @Override
    public PacketLosses losses() {
        return new CaptureLosses(judging());
    }

    @Override
    public HooksReport hooks() {
        return HooksReport.NONE;
    }

    private boolean allProtocols() {
        return settings.monitor().firstPackets() == JudgedProtocols.ALL;
    }

    @Override
    public String words() {
        return "interfaces="
                + settings.monitor()
                        .interfaces()
                        .map(names -> String.join(",", names))
                        .orElse("all")
                + " first_packets=" + (allProtocols() ? "all" : "tcp");
    }

    @Override
    public void stop(boolean orderly) {}

    @Override
    public String lastWords() {
        return "mode=monitor";
    }

    /** A monitor that sees nothing would look like a quiet network, so the process ends and systemd starts another. */
    private record CaptureFaults(Runnable fault) implements LoopListener {
        @Override
        public void faulted(RuntimeException first) {
            LOG.error("packet.failed", first);
        }

        @Override
        public void stopped(Throwable why) {
            LOG.error("monitor.stopped; the daemon ends", why);
            fault.run();
        }
    }

    /** Counts what a capture has lost, as libpcap reports it, and what found no room in its table of flows. */
    record CaptureLosses(Monitor monitor) implements PacketLosses {

        @Override
        public List<QueueStatus> waiting() {
            return List.of();
        }

        @Override
        public List<DropCount> dropped() {
            CaptureLoss loss = monitor.loss();
            return List.of(
                    new DropCount("capture", OptionalLong.of(loss.dropped())),
                    new DropCount("interface", OptionalLong.of(loss.droppedByInterface())),
                    new DropCount("flow_table", OptionalLong.of(monitor.forgottenFlows())));
        }
    }
}
