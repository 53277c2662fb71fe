package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.admin.HoldOutcome;
import io.secgroupd.daemon.admin.ReloadOutcome;
import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.control.Attempts;
import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.control.CarrySettings;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.InstanceSelector;
import io.secgroupd.daemon.control.InterfaceAddresses;
import io.secgroupd.daemon.control.LastGood;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.control.SimulatedControl;
import io.secgroupd.daemon.control.StateFiles;
import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.RuleCounters;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.shadow.ShadowLedger;
import io.secgroupd.rules.net.IpAddress;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The policy of a daemon from its start on, wired as {@link Daemon} does it, without threads and sockets. */
public final class SimulatedDaemon {

    private final SimulatedControl around;
    private final RunningPolicy running;
    private final ControlPlane control;
    private final DaemonChanges changes;
    private final Runnable last;

    /**
     * What a daemon is started on.
     *
     * @param wall  the clock of the host
     * @param time  the time of the process
     * @param files change the files of the state directory
     */
    public record Host(
            Path rules,
            Path state,
            Set<IpAddress> addresses,
            InstantSource wall,
            SimulatedControl.Time time,
            StateFiles files) {}

    /**
     * Starts.
     *
     * @throws StartException when there is nothing to start with
     */
    public SimulatedDaemon(Host host) {
        around = new SimulatedControl(host.time());
        var lastGood = new LastGood(host.state(), host.files());
        var attempts = new Attempts(host.state(), lastGood, host.files());
        var selector = new InstanceSelector(
                CarrySettings.AUTO,
                () -> InterfaceAddresses.on("eth0", host.addresses()),
                CarryMemory.in(host.state(), host.files()));
        var loader = new PolicyLoader(host.rules(), selector).with(attempts).with(host.wall());
        var keeper = around.keeper(lastGood, host.rules());
        HostPolicy first =
                new PolicyAtStart(loader, lastGood, attempts).load(host.rules(), new PrintWriter(Writer.nullWriter()));
        running = new RunningPolicy(
                first,
                new RuleCounters(List.of(), () -> 0L),
                new ShadowLedger(),
                new RefusalCache("a simulated kernel refuses nothing"),
                SystemdNotify.of(Map.of(), 1));
        control = around.plane(
                loader,
                first,
                change -> running.tell(running.putInForce(change.policy()), change.took()),
                keeper::keep,
                running::readdress);
        changes = new DaemonChanges(DaemonSettings.DEFAULT, running, control, new Candidates(control, host.state()));
        control.start();
        last = () -> keeper.keep(first);
    }

    /** What a daemon does last, when it answers on its sockets. */
    public void ready() {
        last.run();
    }

    /** Looks whether the files that it follows have changed, and will read them then. */
    public boolean look() {
        return around.look();
    }

    /** Does all that there is a reason for. */
    public void act() throws InterruptedException {
        around.act();
    }

    public HostPolicy inForce() {
        return running.inForce().policy();
    }

    public ActivePolicy active() {
        return running.active();
    }

    /** Puts a text in force for a while, on behalf of an operator who has come by this connection. */
    public ReloadOutcome apply(String text, Duration time, Optional<String> caller) {
        var content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
        return changes.apply(
                new ApplyRequest("candidate.yaml", content, time, Optional.empty(), Optional.of("ada"), caller));
    }

    public HoldOutcome hold() {
        return changes.hold(Optional.empty(), Optional.of("ada"));
    }

    public ReloadOutcome confirm(String hash) {
        return changes.confirm(hash);
    }

    public ReloadOutcome rollBack() {
        return changes.rollback();
    }

    public ReloadOutcome reload() {
        return changes.reload();
    }
}
