package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.testkit.Attempt.CONNECTED;
import static io.secgroupd.daemon.testkit.Attempt.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.daemon.nfqueue.NfQueue;
import io.secgroupd.daemon.nfqueue.QueueException;
import io.secgroupd.daemon.nfqueue.QueueSettings;
import io.secgroupd.daemon.nfqueue.QueueStats;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.testkit.Attempt;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.Wait;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packet path on the kernel's own queue, on the host of app-1: 443 may come in. */
@NetnsTest
class DataPlaneIT {

    private static final int QUEUE = 4700;
    private static final QueueSettings SETTINGS = new QueueSettings(QUEUE, 1024, 512, 1 << 20, false);
    private final NetworkNamespace client = NetworkNamespace.create("client");
    private final NetworkNamespace app = NetworkNamespace.create("app");
    private final ActivePolicy policy = new ActivePolicy(new PolicyInForce(Filters.app(), 1));

    @BeforeEach
    void joinThem() {
        client.connect(app, "eth0", "eth0");
        client.address("eth0", "10.0.1.1/24");
        app.address("eth0", "10.0.1.10/24");
        app.run(
                "iptables",
                "-t",
                "mangle",
                "-A",
                "INPUT",
                "-p",
                "tcp",
                "--syn",
                "-j",
                "NFQUEUE",
                "--queue-num",
                "4700");
        TcpService.listen(app, 443);
        TcpService.listen(app, 22);
    }

    @AfterEach
    void closeBoth() {
        client.close();
        app.close();
    }

    @Test
    void acceptsAndRejectsRealConnections() throws IOException {
        try (DataPlane plane = start(app.call(() -> NfQueue.open(SETTINGS)))) {
            assertThat(connect(443, Wait.FOR_AN_ANSWER)).isEqualTo(CONNECTED);
            assertThat(connect(22, Wait.FOR_SILENCE)).isEqualTo(TIMED_OUT);
            LoopCounters counters = plane.counters().get(0);
            assertThat(counters.decisions(Direction.INGRESS, Verdict.ACCEPT, Reason.RULE))
                    .isEqualTo(1);
            assertThat(counters.decisions(Direction.INGRESS, Verdict.REJECT, Reason.NO_MATCHING_RULE))
                    .isEqualTo(1);

            policy.replace(new PolicyInForce(Filters.nothingAllowed(), 2));
            assertThat(connect(443, Wait.FOR_SILENCE)).isEqualTo(TIMED_OUT);
        }
    }

    /** No packet is known that the daemon fails on: here the policy is at fault, with an address that points at nobody. */
    @ParameterizedTest
    @EnumSource
    void aFaultOfOurOwnIsAnsweredAsSetAndCounted(Verdict setting) throws IOException {
        policy.replace(new PolicyInForce(Filters.faulty("10.0.1.10"), 1));
        var settings = new LoopSettings(
                Mode.ENFORCE,
                Pickup.JUDGE,
                new FailureVerdicts(
                        Verdict.REJECT, Verdict.REJECT, Verdict.REJECT, setting, FailureVerdicts.Stop.KEEP));
        var faults = new Faults();
        try (DataPlane plane = start(app.call(() -> NfQueue.open(SETTINGS)), settings, faults)) {
            for (int i = 0; i < 3; i++) {
                assertThat(connect(443, setting == Verdict.ACCEPT ? Wait.FOR_AN_ANSWER : Wait.FOR_SILENCE))
                        .isEqualTo(setting == Verdict.ACCEPT ? CONNECTED : TIMED_OUT);
            }
            assertThat(plane.counters().get(0).decisions(Direction.INGRESS, setting, Reason.INTERNAL_ERROR))
                    .isEqualTo(3);
            assertThat(faults.reported).as("once per kind").hasSize(1);

            policy.replace(new PolicyInForce(Filters.app(), 2));
            assertThat(connect(443, Wait.FOR_AN_ANSWER)).isEqualTo(CONNECTED);
        }
    }

    @Test
    void givesTheQueueBackWhenItIsClosed() throws IOException {
        DataPlane plane = start(app.call(() -> NfQueue.open(SETTINGS)));
        assertThat(app.call(() -> QueueStats.read(QUEUE))).isPresent();
        plane.close();
        assertThat(app.call(() -> QueueStats.read(QUEUE))).isEmpty();
        assertThat(connect(443, Wait.FOR_SILENCE)).isEqualTo(TIMED_OUT);
    }

    @Test
    void namesTheOwnerOfAQueueThatIsTaken() throws IOException {
        try (NfQueue owner = app.call(() -> NfQueue.open(SETTINGS))) {
            assertThat(owner.number()).isEqualTo(QUEUE);
            assertThatThrownBy(() -> app.call(() -> NfQueue.open(SETTINGS)))
                    .hasRootCauseInstanceOf(NetlinkException.class)
                    .cause()
                    .isInstanceOf(QueueException.Owned.class)
                    .hasMessageContaining("queue 4700 is owned by process "
                            + ProcessHandle.current().pid() + " (java)");
        }
    }

    private Attempt connect(int port, Duration limit) {
        return TcpClient.in(client).tryConnect("10.0.1.10", port, limit);
    }

    private DataPlane start(NfQueue queue) throws IOException {
        return start(queue, LoopSettings.DEFAULT, new Strict());
    }

    private DataPlane start(NfQueue queue, LoopSettings settings, LoopListener listener) throws IOException {
        return DataPlane.start(List.of(queue), policy, new CutFlows(), settings, Unrecorded::new, listener);
    }

    private static final class Unrecorded implements DecisionSink {
        @Override
        public void record(
                Decision decision,
                @Nullable Decision candidate,
                PacketView packet,
                Hook hook,
                int in,
                long generation) {}

        @Override
        public void endOfBurst() {}
    }

    private static final class Faults implements LoopListener {
        final List<RuntimeException> reported = new CopyOnWriteArrayList<>();

        @Override
        public void faulted(RuntimeException first) {
            reported.add(first);
        }

        @Override
        public void stopped(Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    private static final class Strict implements LoopListener {
        @Override
        public void faulted(RuntimeException first) {
            throw new AssertionError(first);
        }

        @Override
        public void stopped(Throwable fault) {
            throw new AssertionError(fault);
        }
    }
}
