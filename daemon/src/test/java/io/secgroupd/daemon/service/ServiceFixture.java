package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.admin.SystemdNotify;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.dataplane.RuleCounters;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.shadow.ShadowKeeper;
import io.secgroupd.daemon.shadow.ShadowLedger;
import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What root may change of a running daemon, over a real rules file that allows port 80. No packet is judged. */
abstract class ServiceFixture {

    static final IpAddress WEB = IpAddress.ipv4(0x0a000001);
    private static final IpAddress CLIENT = IpAddress.ipv4(0xc6336407);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    Path rules;

    @SuppressWarnings("NullAway.Init")
    Path state;

    @SuppressWarnings("NullAway.Init")
    RunningPolicy running;

    @SuppressWarnings("NullAway.Init")
    PolicyLoader loader;

    /** The clock of the candidate that is judged beside the policy in force. */
    Instant wall = Instant.parse("2026-11-24T12:00:00Z");

    @SuppressWarnings("NullAway.Init")
    ShadowKeeper keeper;

    @SuppressWarnings("NullAway.Init")
    ShadowedPolicy shadowed;

    @SuppressWarnings("NullAway.Init")
    ShadowLane lane;

    @SuppressWarnings("NullAway.Init")
    ControlPlane control;

    @SuppressWarnings("NullAway.Init")
    DaemonChanges changes;

    @SuppressWarnings("NullAway.Init")
    ChangeGuard guard;

    @SuppressWarnings("NullAway.Init")
    FleetTrials fleet;

    @BeforeEach
    void startWithPort80() throws Exception {
        rules = Files.writeString(directory.resolve("rules.yaml"), allowing(80));
        state = directory.resolve("state");
        loader = new PolicyLoader(rules, Selectors.of(WEB)).with(() -> wall);
        HostPolicy first = loader.load();
        keeper = new ShadowKeeper(state, () -> wall);
        running = runningWith(first, keeper.ledger());
        shadowed = new ShadowedPolicy(keeper, running, loader);
        control = new ControlPlane(
                loader,
                first,
                next -> running.tell(running.putInForce(next.policy()), next.took()),
                written -> shadowed.written(written),
                running::readdress);
        changes = new DaemonChanges(DaemonSettings.DEFAULT, running, control, new Candidates(control, state));
        lane = new ShadowLane(shadowed, changes);
        guard = new ChangeGuard(control, running, OperatorSessions.in(directory.resolve("proc")), Set.of(22));
        fleet = new FleetTrials(changes, guard);
    }

    @AfterEach
    void stop() throws IOException {
        control.close();
    }

    static RunningPolicy runningWith(HostPolicy first, ShadowLedger shadow) {
        return new RunningPolicy(
                first,
                new RuleCounters(List.of(), () -> 0L),
                shadow,
                new RefusalCache("a test needs none"),
                SystemdNotify.of(Map.of(), 1));
    }

    HostPolicy read(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("other.yaml"), text);
        return new PolicyLoader(file, Selectors.of(WEB)).load();
    }

    /** Whether a client gets in by what is in force now. */
    boolean allows(int port) {
        return running.inForce()
                .policy()
                .filter()
                .judge(Hook.INPUT, toWeb(port))
                .accepted();
    }

    static FlowTuple toWeb(int port) {
        return FlowTuple.ofPorts(CLIENT, WEB, 6, port);
    }

    /** Of somebody who works at the machine itself. */
    static ApplyRequest apply(String content) {
        return new ApplyRequest(
                "rules.yaml",
                ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer(),
                Duration.ofHours(1),
                Optional.empty(),
                Optional.of("ada"),
                Optional.empty());
    }

    static String allowing(int port) {
        return """
                version: 1
                security_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: %d, source: any }] }
                instances:
                  web: { addresses: [10.0.0.1], security_groups: [sg-web] }
                """.formatted(port);
    }
}
