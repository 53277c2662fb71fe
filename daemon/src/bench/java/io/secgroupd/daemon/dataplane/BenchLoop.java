package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A packet loop without a network, in which the same packets wait for ever, and which keeps nothing. */
final class BenchLoop implements DecisionSink, LoopListener {

    static final String HOST = "10.0.0.1";

    /** Counts what this thread has used, so that other programs of the machine do not count. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final EndlessQueue queue;
    private final PacketLoop loop;

    BenchLoop(ActivePolicy policy, byte[]... messages) {
        queue = new EndlessQueue(messages);
        loop = new PacketLoop(
                queue, policy, new PacketJudge(Pickup.JUDGE, flow -> false), LoopSettings.DEFAULT, this, this);
    }

    /** Rules of ports that begin behind one, each from a network of its own. */
    static PacketFilter filter(int rules, int beforePort) {
        var builder = new PolicyBuilder().group("sg-a");
        for (int i = 0; i < rules; i++) {
            builder.in("sg-a", "tcp " + (beforePort + 1 + i), "10." + (1 + i / 250) + "." + i % 250 + ".0/24");
        }
        Policy policy = builder.instance("host", List.of(HOST), "sg-a").build();
        var carried = List.of(Objects.requireNonNull(policy.instances().get("host")));
        return CompiledPolicy.of(policy).packetFilter(carried, HostInstance.Nobody.REFUSE, List.of());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Serves at least so many packets, and returns the processor time of one in nanoseconds. */
    double nanosAPacket(int atLeast) throws IOException {
        long packets = queue.reads();
        long began = THREADS.getCurrentThreadCpuTime();
        while (queue.reads() < packets + atLeast) {
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
