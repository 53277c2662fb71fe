package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A flood of rejects makes no garbage: the collector would take its time from the packets. */
class FlowLogAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUND = 100_000;
    private static final int ROUNDS = 20;

    @Test
    void aRejectThatIsGatheredOrCountedAllocatesNothing() {
        var table = new RejectTable(2, 10_000, new LineBudget(0, 0), record -> {}, record -> {});
        FlowRecord known = reject("198.51.100.7");
        FlowRecord withoutRoom = reject("198.51.100.9");
        table.add(known);
        table.add(reject("198.51.100.8"));

        assertThat(leastAllocatedInARound(() -> {
                    table.add(known);
                    table.add(withoutRoom);
                }))
                .isZero();
        assertThat(table.lost()).isGreaterThanOrEqualTo(ROUND);
    }

    /** One byte a record would show in every round. */
    private static long leastAllocatedInARound(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUND; i++) {
                work.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static FlowRecord reject(String source) {
        return Records.record(Records.NOON, Records.REFUSED, tcp(source, "10.0.2.10", 3306, "S"));
    }
}
