package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.flowlog.FlowLogTarget;
import io.secgroupd.daemon.flowlog.FlowLogWriter;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.flowlog.FlowTap;
import io.secgroupd.daemon.nfqueue.FakeQueue;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.terms.FlowLogFormat;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under a flood faster than the log: records and what they say is lost are exactly what the loop counted. */
class NothingLostTest {

    private static final int PACKETS = 300_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void recordsAndLossAreTheDecisionsOfTheLoop() throws IOException {
        Path log = directory.resolve("flows.log");
        FlowRing ring = new FlowRing(1024, FlowRing.Wanted.ALL, false, System::currentTimeMillis);
        FakeQueue queue = new FakeQueue();
        PacketLoop loop = new PacketLoop(
                queue,
                new ActivePolicy(new PolicyInForce(Filters.app(), 1)),
                new PacketJudge(Pickup.JUDGE, packet -> false),
                LoopSettings.DEFAULT,
                ring,
                new LoopHarness());
        try (FlowLogWriter writer = FlowLogWriter.start(List.of(ring), target(log), FlowTap.NONE, null)) {
            for (int i = 0; i < PACKETS; i++) {
                queue.packet(QueuedPacket.LOCAL_IN, packet(i));
                if (i % PacketLoop.BURST == 0) {
                    loop.serveBurst();
                }
            }
            while (loop.serveBurst()) {
                assertThat(queue.closed()).isFalse();
            }
            assertThat(writer.lost()).as("the ring was too small").isPositive();
        }

        assertThat(decisions(loop.counters())).isEqualTo(PACKETS);
        assertThat(FlowLogFiles.decisionsIn(log)).isEqualTo(PACKETS);
    }

    private static FlowLogTarget target(Path log) {
        return new FlowLogTarget(log, FlowLogFormat.JSON, "ab12cd34", "app", Duration.ofMillis(200), 5_000_000, 1000);
    }

    private static final byte[] ACCEPTED = tcp("198.51.100.7", "10.0.1.10", 443, "S");
    private static final byte[] REFUSED = tcp("198.51.100.7", "10.0.1.10", 22, "S");

    /** Half are accepted, some refused again and again, some undecodable, some refused each for itself. */
    private static byte[] packet(int i) {
        return switch (i % 10) {
            case 0, 1, 2, 3, 4 -> ACCEPTED;
            case 5, 6 -> REFUSED;
            case 7 -> Arrays.copyOf(REFUSED, 30);
            default -> fromForgedSource(i);
        };
    }

    private static byte[] fromForgedSource(int i) {
        byte[] forged = REFUSED.clone();
        forged[13] = (byte) (i >> 16);
        forged[14] = (byte) (i >> 8);
        forged[15] = (byte) i;
        return forged;
    }

    private static long decisions(LoopCounters counters) {
        long sum = 0;
        for (Direction direction : Direction.values()) {
            for (Verdict verdict : Verdict.values()) {
                for (Reason reason : Reason.values()) {
                    sum += counters.decisions(direction, verdict, reason);
                }
            }
        }
        return sum;
    }
}
