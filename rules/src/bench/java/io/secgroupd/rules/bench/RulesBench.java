package io.secgroupd.rules.bench;

import com.sun.management.ThreadMXBean;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Question;
import io.secgroupd.rules.analyze.SemanticDiff;
import io.secgroupd.rules.analyze.UnknownEndpointException;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Prints the speed and memory of the rules in one table. Run by {@code scripts/bench rules} in a heap of 256 MiB. */
public final class RulesBench {

    private static final int ROUNDS = 200;

    private static long sink;

    private RulesBench() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        System.out.printf("heap limit %d MiB%n%n", Runtime.getRuntime().maxMemory() >> 20);
        System.out.printf(
                "%-30s %10s %11s %11s %9s %9s %7s%n",
                "policy", "ranges", "compile ms", "B / range", "median ns", "p99 ns", "B alloc");
        decide(Workload::twentyRules); // warms the compiler up
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
        System.out.printf("%n%-44s %10s %10s %14s%n", "reading and compiling", "read ms", "compile ms", "heap MiB after");
        read("1,000 groups x 20 rules x 10,000 instances", RulesFiles.manyGroups(directory));
        explainAndDiff(directory.resolve("groups.yaml"));
        read("one list file of 1,000,000 IPv4 addresses", RulesFiles.oneList(directory, "v4", RulesFiles::ipv4));
        read("one list file of 1,000,000 IPv6 prefixes", RulesFiles.oneList(directory, "v6", RulesFiles::ipv6));
        refuse("one list file of 1,000,000 bad lines", RulesFiles.oneList(directory, "bad", RulesFiles::badLine));
    }

    private static void decide(Supplier<Workload.Case> workload) {
        Workload.Case one = workload.get();
        long start = System.nanoTime();
        CompiledPolicy compiled = CompiledPolicy.of(one.policy());
        Instance host = one.policy().instances().get(Workload.HOST);
        var measured = new Measured(
                one.name(),
                compiled.packetFilter(List.of(host), Optional.empty()),
                compiled.filterOf(host).table(Direction.INGRESS).ranges(),
                (System.nanoTime() - start) / 1e6,
                one.flows());
        one = null; // from here on the filter alone is in memory, with the lists that it holds
        compiled = null;
        host = null;
        measured.print();
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

        void print() {
            double[] nanos = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                nanos[i] = round();
            }
            long allocated = allocated();
            Arrays.sort(nanos);
            long with = usedHeap();
            filter = null;
            long heap = with - usedHeap();
            System.out.printf(
                    "%-30s %10d %11.1f %11.1f %9.1f %9.1f %7d%n",
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
                sink += asked.decide(Direction.INGRESS, flow).accepted() ? 1 : 0;
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

    private static void read(String name, Path file) throws IOException {
        long start = System.nanoTime();
        ReadResult result = PolicyReader.read(file);
        Policy policy = result.policy().orElseThrow(() -> new IllegalStateException(result.errors().toString()));
        double readMs = (System.nanoTime() - start) / 1e6;
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        policy.instances().values().forEach(compiled::filterOf);
        double compileMs = (System.nanoTime() - start) / 1e6 - readMs;
        System.out.printf("%-44s %10.0f %10.0f %14d%n", name, readMs, compileMs, usedHeap() >> 20);
        sink += compiled.policy().instances().size();
    }

    private static void refuse(String name, Path file) {
        long start = System.nanoTime();
        sink += PolicyReader.read(file).errors().size();
        System.out.printf("%-44s %10.0f%n", name, (System.nanoTime() - start) / 1e6);
    }

    private static void explainAndDiff(Path file) {
        Policy policy = PolicyReader.read(file).policy().orElseThrow();
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        var explainer = new Explainer(compiled);
        long start = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            sink += explain(explainer, "i-" + i % 10_000, "172.16.0." + i % 256, i % 4_096);
        }
        System.out.printf("%-44s %21.0f%n", "explain 100,000 questions", (System.nanoTime() - start) / 1e6);
        start = System.nanoTime();
        sink += SemanticDiff.between(compiled, CompiledPolicy.of(policy)).size();
        System.out.printf("%-44s %21.0f%n", "diff with itself", (System.nanoTime() - start) / 1e6);
        start = System.nanoTime();
        sink += SemanticDiff.between(compiled, CompiledPolicy.of(withOneInstanceMore(policy))).size();
        System.out.printf("%-44s %21.0f%n", "diff with one instance more", (System.nanoTime() - start) / 1e6);
    }

    private static int explain(Explainer explainer, String from, String to, int port) {
        try {
            Question question = new Question(
                    explainer.endpoints().parse(from), explainer.endpoints().parse(to), new Service(6, port, 0, 0));
            return explainer.answer(question).orElseThrow().verdict().ordinal();
        } catch (UnknownEndpointException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Policy withOneInstanceMore(Policy policy) {
        var instances = new LinkedHashMap<>(policy.instances());
        Instance like = instances.get("i-0");
        instances.put(
                "i-new",
                new Instance("i-new", List.of(IpAddress.ipv4(1)), like.securityGroups(), like.cluster(), like.at()));
        return new Policy(
                policy.limits(), policy.prefixLists(), policy.securityGroups(), instances, policy.clusters(), List.of());
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
