package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;

import io.secgroupd.rules.net.Hook;
import io.secgroupd.daemon.nfqueue.PacketMessages;
import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Prints what a candidate costs a packet loop. Run by {@code scripts/bench shadow}. */
public final class ShadowBench {

    /** Counts what this thread has used, so that other programs of the machine do not count. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final String HOST = "10.0.0.1";
    private static final int ROUNDS = 41;
    private static final int PACKETS = 400_000;
    private static final int WARM_UP = 5;

    private ShadowBench() {}

    public static void main(String[] arguments) throws IOException {
        System.out.printf(
                "%-40s %8s %8s %8s%n", "CPU ns a verdict, median of " + ROUNDS + " rounds", "alone", "beside", "more");
        for (int rules : new int[] {20, 1_000}) {
            PacketFilter inForce = filter(rules, 0);
            row(rules + " rules, the candidate agrees", inForce, filter(rules, 0));
            row(rules + " rules, it differs on every packet", inForce, filter(rules, 20_000));
        }
    }

    private static void row(String name, PacketFilter inForce, PacketFilter candidate) throws IOException {
        Loop alone = new Loop(inForce, ShadowPolicy.NONE);
        Loop beside = new Loop(inForce, ShadowPolicy.of(candidate));
        double[] more = new double[ROUNDS];
        double[] of = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double first = alone.nanosAPacket();
            double second = beside.nanosAPacket();
            if (round >= 0) {
                of[round] = first;
                with[round] = second;
                more[round] = second - first;
            }
        }
        System.out.printf("%-40s %8.0f %8.0f %8.0f%n", name, median(of), median(with), median(more));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Rules of ports that begin at one, each from a network of its own. */
    private static PacketFilter filter(int rules, int firstPort) {
        var builder = new PolicyBuilder().group("sg-a");
        for (int i = 0; i < rules; i++) {
            builder.in("sg-a", "tcp " + (firstPort + 1 + i), "10." + (1 + i / 250) + "." + i % 250 + ".0/24");
        }
        Policy policy = builder.instance("host", List.of(HOST), "sg-a").build();
        var carried = List.of(Objects.requireNonNull(policy.instances().get("host")));
        return CompiledPolicy.of(policy).packetFilter(carried, HostInstance.Nobody.REFUSE, List.of());
    }

    /** One of the loops that are measured in turns. */
    private static final class Loop implements DecisionSink, LoopListener {
        private final EndlessQueue queue = new EndlessQueue(messages());
        private final PacketLoop loop;

        Loop(PacketFilter inForce, ShadowPolicy candidate) {
            var policy = new ActivePolicy(new PolicyInForce(inForce, 1, RuleHits.NONE, candidate));
            var judge = new PacketJudge(Pickup.JUDGE, flow -> false);
            loop = new PacketLoop(queue, policy, judge, LoopSettings.DEFAULT, this, this);
        }

        /** Packets that the first policy accepts, from many sources. */
        private static byte[][] messages() {
            var random = new Random(1);
            byte[][] messages = new byte[1009][];
            for (int i = 0; i < messages.length; i++) {
                int rule = random.nextInt(20);
                String source = "10.1." + rule + "." + (1 + random.nextInt(250));
                messages[i] = PacketMessages.packet(1, QueuedPacket.LOCAL_IN, 3, tcp(source, HOST, 1 + rule, "S"));
            }
            return messages;
        }

        double nanosAPacket() throws IOException {
            long packets = queue.reads();
            long began = THREADS.getCurrentThreadCpuTime();
            while (queue.reads() < packets + PACKETS) {
                loop.serveBurst();
            }
            return (double) (THREADS.getCurrentThreadCpuTime() - began) / (queue.reads() - packets);
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
