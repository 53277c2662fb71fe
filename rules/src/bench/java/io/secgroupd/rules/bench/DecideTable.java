package io.secgroupd.rules.bench;

import com.sun.management.ThreadMXBean;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.Hook;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Prints the speed and memory of compiled policies in one table. Run by {@code scripts/bench rules}. */
public final class DecideTable {

    private static final int ROUNDS = 200;

    private static long sink;

    private DecideTable() {}

    public static void main(String[] arguments) {
        sink += row(Workload::twentyRules).length(); // warms the compiler up
        System.out.printf(
                "%-30s %10s %11s %11s %9s %9s %7s%n",
                "policy", "ranges", "compile ms", "B / range", "median ns", "p99 ns", "B alloc");
        decide(Workload::twentyRules);
        for (int entries = 10; entries <= 1_000_000; entries *= 10) {
            int size = entries;
            decide(() -> Workload.oneList(size));
        }
        decide(() -> Workload.rules(1_000, 100));
        decide(() -> Workload.rules(10_000, 1));
        decide(() -> Workload.rules(10_000, 100));
        decide(() -> Workload.arbitraryPorts(10_000, 1));
        decide(() -> Workload.arbitraryPorts(10_000, 100));
    }

    private static void decide(Supplier<Workload.Case> workload) {
        System.out.println(row(workload));
    }

    private static String row(Supplier<Workload.Case> workload) {
        Workload.Case one = workload.get();
        long start = System.nanoTime();
        CompiledPolicy compiled = CompiledPolicy.of(one.policy());
        Instance host = one.policy().instances().get(Workload.HOST);
        var measured = new Measured(
                one.name(),
                compiled.packetFilter(List.of(host), new HostInstance.Named(host), host.addresses()),
                compiled.filterOf(host).table(Direction.INGRESS).ranges(),
                (System.nanoTime() - start) / 1e6,
                one.flows());
        one = null; // from here on the filter alone is in memory, with the lists that it holds
        compiled = null;
        host = null;
        return measured.row();
    }

    /** A filter, measured while nothing else refers to the policy that it was compiled from. */
    private static final class Measured {
        private final String name;
        private final long ranges;
        private final double compileMs;
        private final Flow[] flows;
        private PacketFilter filter;

        Measured(String name, PacketFilter filter, long ranges, double compileMs, Flow[] flows) {
            this.name = name;
            this.filter = filter;
            this.ranges = ranges;
            this.compileMs = compileMs;
            this.flows = flows;
        }

        String row() {
            double[] nanos = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                nanos[i] = round();
            }
            long allocated = allocated();
            Arrays.sort(nanos);
            long with = Heap.used();
            filter = null;
            long heap = with - Heap.used();
            return String.format(
                    "%-30s %10d %11.1f %11.1f %9.1f %9.1f %7d",
                    name,
                    ranges,
                    compileMs,
                    (double) heap / ranges,
                    nanos[ROUNDS / 2],
                    nanos[ROUNDS * 99 / 100],
                    allocated);
        }

        /** Nanoseconds of one decision, the mean over all flows. */
        private double round() {
            PacketFilter asked = filter;
            long start = System.nanoTime();
            for (Flow flow : flows) {
                sink += asked.judge(Hook.INPUT, flow).accepted() ? 1 : 0;
            }
            return (double) (System.nanoTime() - start) / flows.length;
        }

        private long allocated() {
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadAllocatedBytes();
            round();
            return (threads.getCurrentThreadAllocatedBytes() - before) / flows.length;
        }
    }
}
