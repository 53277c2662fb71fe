package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;

import io.secgroupd.daemon.nfqueue.PacketMessages;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints what one packet loop takes of the processor for a packet while no other runs, and while another does on another processor,
 * by the same policy. Where both are the same, nothing that the loops share is felt. Run by {@code scripts/bench cores}.
 */
public final class CoresBench {

    /** Counts what a thread has used, so that other programs of the machine do not count. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final String HOST = "10.0.0.1";
    private static final int RULES = 20;
    private static final int ROUNDS = 31;
    private static final int PACKETS = 1_000_000;
    private static final int WARM_UP = 5;

    private CoresBench() {}

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%-44s %8s %8s %8s%n", "CPU ns a packet, median of " + ROUNDS + " rounds", "one loop", "of two", "ratio");
        row("hits are not counted", false, RULES);
        row("hits of " + RULES + " rules in turns", true, RULES);
        row("hits of one rule", true, 1);
    }

    private static void row(String name, boolean counted, int rules) throws Exception {
        PacketFilter filter = filter();
        RuleHits hits = counted ? new RuleCounters(List.of(), () -> 1).of(filter) : RuleHits.NONE;
        var policy = new ActivePolicy(new PolicyInForce(filter, 1, hits));
        var first = new Loop(policy, rules);
        var second = new Loop(policy, rules);
        double[] alone = new double[ROUNDS];
        double[] together = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double one = nanos(first);
            double both = nanos(first, second);
            if (round >= 0) {
                alone[round] = one;
                together[round] = both;
            }
        }
        System.out.printf(
                "%-44s %8.0f %8.0f %8.2f%n", name, median(alone), median(together), median(together) / median(alone));
    }

    /** Runs loops at once, each on a thread of its own, and returns what the first took for a packet. */
    private static double nanos(Loop... loops) throws Exception {
        var start = new CyclicBarrier(loops.length);
        double[] taken = new double[loops.length];
        List<Thread> threads = IntStream.range(0, loops.length)
                .mapToObj(i -> new Thread(() -> taken[i] = loops[i].nanosAPacket(start)))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return taken[0];
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static PacketFilter filter() {
        var builder = new PolicyBuilder().group("sg-a");
        for (int i = 0; i < RULES; i++) {
            builder.in("sg-a", "tcp " + (1 + i), "10.1." + i + ".0/24");
        }
        Policy policy = builder.instance("host", List.of(HOST), "sg-a").build();
        var carried = List.of(Objects.requireNonNull(policy.instances().get("host")));
        return CompiledPolicy.of(policy).packetFilter(carried, HostInstance.Nobody.REFUSE, List.of());
    }

    private static final class Loop implements DecisionSink, LoopListener {
        private final EndlessQueue queue;
        private final PacketLoop loop;

        Loop(ActivePolicy policy, int rules) {
            queue = new EndlessQueue(IntStream.range(0, 1009)
                    .mapToObj(i -> tcp("10.1." + i % rules + "." + (1 + i % 250), HOST, 1 + i % rules, "S"))
                    .map(packet -> PacketMessages.packet(1, QueuedPacket.LOCAL_IN, 3, packet))
                    .toArray(byte[][]::new));
            loop = new PacketLoop(
                    queue, policy, new PacketJudge(Pickup.JUDGE, flow -> false), LoopSettings.DEFAULT, this, this);
        }

        double nanosAPacket(CyclicBarrier start) {
            try {
                start.await();
                long packets = queue.reads();
                long began = THREADS.getCurrentThreadCpuTime();
                while (queue.reads() < packets + PACKETS) {
                    loop.serveBurst();
                }
                return (double) (THREADS.getCurrentThreadCpuTime() - began) / (queue.reads() - packets);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void record(Decision decision, @Nullable Decision candidate, PacketView packet, Hook hook, int in, long generation) {}

        @Override
        public void endOfBurst() {}

        @Override
        public void faulted(RuntimeException first) {
            throw first;
        }

        @Override
        public void stopped(Throwable fault) {
            throw new IllegalStateException(fault);
        }
    }
}
