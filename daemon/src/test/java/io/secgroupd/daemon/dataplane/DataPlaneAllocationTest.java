package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.secgroupd.daemon.nfqueue.PacketMessages;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.Hook;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One byte a packet is a collection every few minutes under a flood, and each collection is packets that wait. */
class DataPlaneAllocationTest {

    private static final int ROUND = 1_000_000;

    /** Rounds before one must be free of allocation: the compiler replaces running code by way of the heap, now and then. */
    private static final int ROUNDS = 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Accepted, rejected, IPv6, a pickup judged twice, cut short: every way through the loop. */
    private static final byte[][] MESSAGES = {
        message(QueuedPacket.LOCAL_IN, tcp("198.51.100.7", "10.0.1.10", 443, "S")),
        message(QueuedPacket.LOCAL_IN, tcp("198.51.100.7", "10.0.1.10", 22, "S")),
        message(QueuedPacket.LOCAL_IN, tcp("2001:db8::7", "2001:db8:1::10", 443, "S")),
        message(QueuedPacket.LOCAL_OUT, tcp("10.0.1.10", 443, "198.51.100.7", 40000, "A")),
        message(QueuedPacket.FORWARD, udp("10.0.1.10", "10.0.2.10", 53)),
        message(QueuedPacket.LOCAL_IN, Arrays.copyOf(tcp("198.51.100.7", "10.0.1.10", 443, "S"), 30)),
        PacketMessages.error(2),
    };

    @Test
    void allocatesNothingPerPacket() throws IOException {
        assertAllocatesNothing(Filters.app(), ShadowPolicy.NONE);
    }

    @Test
    void allocatesNothingForWhatIsOnlyObserved() throws IOException {
        assertAllocatesNothing(Filters.observingAppAndDatabase(), ShadowPolicy.NONE);
    }

    @Test
    void allocatesNothingWhenACandidateIsJudgedBesideThatDiffers() throws IOException {
        ShadowPolicy candidate = ShadowPolicy.of(Filters.nothingAllowed());

        assertAllocatesNothing(Filters.app(), candidate);

        assertThat(candidate.compared()).isGreaterThan(ROUND / 2);
        assertThat(candidate.differences().counters()).hasSize(2);
    }

    private static void assertAllocatesNothing(PacketFilter filter, ShadowPolicy candidate) throws IOException {
        EndlessQueue queue = new EndlessQueue(MESSAGES);
        CountingSink sink = new CountingSink();
        ActivePolicy policy = new ActivePolicy(new PolicyInForce(
                filter, 1, new RuleCounters(List.of(), System::currentTimeMillis).of(filter), candidate));
        PacketLoop loop = new PacketLoop(
                queue,
                policy,
                new PacketJudge(Pickup.JUDGE, packet -> false),
                LoopSettings.DEFAULT,
                sink,
                new NoFaults());

        assertThat(leastAllocatedInARound(loop, queue)).isZero();
        assertThat(sink.recorded).isGreaterThan(ROUND / 2);
    }

    /** One byte a packet, or a burst, would show in every round. */
    private static long leastAllocatedInARound(PacketLoop loop, EndlessQueue queue) throws IOException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = allocatedBytes();
            serve(loop, queue, ROUND);
            least = Math.min(least, allocatedBytes() - before);
        }
        return least;
    }

    private static void serve(PacketLoop loop, EndlessQueue queue, int packets) throws IOException {
        for (long end = queue.reads() + packets; queue.reads() < end; ) {
            loop.serveBurst();
        }
    }

    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static byte[] message(int hook, byte[] packet) {
        return PacketMessages.packet(1, hook, 3, packet);
    }

    private static final class CountingSink implements DecisionSink {
        private long recorded;

        @Override
        public void record(
                Decision decision,
                @Nullable Decision candidate,
                PacketView packet,
                Hook hook,
                int in,
                long generation) {
            recorded++;
        }

        @Override
        public void endOfBurst() {}
    }

    private static final class NoFaults implements LoopListener {
        @Override
        public void faulted(RuntimeException first) {
            throw first;
        }

        @Override
        public void stopped(Throwable fault) {
            throw new AssertionError(fault);
        }
    }
}
