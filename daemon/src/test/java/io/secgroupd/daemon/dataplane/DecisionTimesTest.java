package io.secgroupd.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketBuilder;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DecisionTimesTest {

    @Test
    void everyPacketOfABurstCountsWithTheTimeOfItsBurst() {
        var times = new DecisionTimes();

        times.record(50_000, 3);
        times.record(2_000_000, 1);

        Histogram total = totalOf(times);
        assertThat(total.getTotalCount()).isEqualTo(4);
        assertThat(total.getValueAtPercentile(50)).isBetween(49_500L, 50_500L);
        assertThat(total.getMaxValue()).isBetween(1_980_000L, 2_020_000L);
        assertThat(times.sum()).isEqualTo(2_150_000);
    }

    @Test
    void readingTwiceGivesTheSame() {
        var times = new DecisionTimes();
        times.record(1000, 1);

        totalOf(times);

        assertThat(totalOf(times).getTotalCount()).isEqualTo(1);
    }

    @Test
    void takesAnyTime() {
        var times = new DecisionTimes();

        times.record(-1, 1);
        times.record(Duration.ofDays(1).toNanos(), 1);

        assertThat(totalOf(times).getTotalCount()).isEqualTo(2);
    }

    @Test
    void loopTimesEveryPacketThatItAnswers() {
        var harness = new LoopHarness();
        for (int i = 0; i < PacketLoop.BURST + 3; i++) {
            harness.queue.packet(QueuedPacket.LOCAL_IN, PacketBuilder.tcp("198.51.100.7", "10.0.1.10", 443, "S"));
        }

        while (harness.serve()) {
            // to the last packet
        }

        assertThat(totalOf(harness.times()).getTotalCount()).isEqualTo(PacketLoop.BURST + 3);
        assertThat(harness.times().sum()).isPositive();
    }

    private static Histogram totalOf(DecisionTimes times) {
        Histogram total = DecisionTimes.newHistogram();
        times.addTo(total);
        return total;
    }
}
