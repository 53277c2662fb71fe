package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;

import io.secgroupd.daemon.nfqueue.PacketMessages;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.rules.decide.PacketFilter;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;

/**
 * Prints what one packet loop takes of the processor for a packet while no other runs, and while another does on another processor,
 * by the same policy. Processors that are threads of one core take time from each other in any case; where a ratio is no greater than
 * the first, at which the loops share nothing that they write, nothing that they share is felt. Run by {@code scripts/bench cores}.
 */
public final class CoresBench {

    private static final int RULES = 20;
    private static final int ROUNDS = 31;
    private static final int PACKETS = 1_000_000;
    private static final int WARM_UP = 5;

    private CoresBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.printf(
                "%-44s %8s %8s %8s%n", "CPU ns a packet, median of " + ROUNDS + " rounds", "one loop", "of two", "ratio");
        row("hits are not counted", false, RULES);
        row("hits of " + RULES + " rules in turns", true, RULES);
        row("hits of one rule", true, 1);
    }

    private static void row(String name, boolean counted, int rules) throws InterruptedException {
        PacketFilter filter = BenchLoop.filter(RULES, 0);
        RuleHits hits = counted ? new RuleCounters(List.of(), () -> 1).of(filter) : RuleHits.NONE;
        var policy = new ActivePolicy(new PolicyInForce(filter, 1, hits));
        var first = new BenchLoop(policy, messages(rules));
        var second = new BenchLoop(policy, messages(rules));
        double[] alone = new double[ROUNDS];
        double[] together = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double one = nanosOfTheFirst(first);
            double both = nanosOfTheFirst(first, second);
            if (round >= 0) {
                alone[round] = one;
                together[round] = both;
            }
        }
        double one = BenchLoop.median(alone);
        double ofTwo = BenchLoop.median(together);
        System.out.printf("%-44s %8.0f %8.0f %8.2f%n", name, one, ofTwo, ofTwo / one);
    }

    private static byte[][] messages(int rules) {
        return IntStream.range(0, 1009)
                .mapToObj(i -> tcp("10.1." + i % rules + "." + (1 + i % 250), BenchLoop.HOST, 1 + i % rules, "S"))
                .map(packet -> PacketMessages.packet(1, QueuedPacket.LOCAL_IN, 3, packet))
                .toArray(byte[][]::new);
    }

    /** Runs loops at once, each on a thread of its own. */
    private static double nanosOfTheFirst(BenchLoop... loops) throws InterruptedException {
        var start = new CyclicBarrier(loops.length);
        double[] taken = new double[loops.length];
        List<Thread> threads = IntStream.range(0, loops.length)
                .mapToObj(i -> new Thread(() -> taken[i] = run(loops[i], start)))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return taken[0];
    }

    private static double run(BenchLoop loop, CyclicBarrier start) {
        try {
            start.await();
            return loop.nanosAPacket(PACKETS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
