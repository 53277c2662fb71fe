package io.secgroupd.rules.bench;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.analyze.SemanticDiff;
import io.secgroupd.rules.analyze.UnknownEndpointException;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Prints how long large files take from text to filters, in one table, the first of them by a JVM that has just started.
 * Run by {@code scripts/bench rules}, with the JVM options of the commands and then with those of the daemon.
 */
public final class ReadTable {

    private static long sink;

    private ReadTable() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        System.out.printf(
                "%-44s %9s %14s %15s %8s%n", "", "read ms", "one filter ms", "every filter ms", "heap MiB");
        read("1,000 groups x 20 rules x 10,000 instances", RulesFiles.manyGroups(directory));
        read("the same once more, as a reload does", directory.resolve("groups.yaml"));
        read("one list file of 1,000,000 IPv4 addresses", RulesFiles.oneList(directory, "v4", RulesFiles::ipv4));
        read("one list file of 1,000,000 IPv6 prefixes", RulesFiles.oneList(directory, "v6", RulesFiles::ipv6));
        refuse("one list file of 1,000,000 bad lines", RulesFiles.oneList(directory, "bad", RulesFiles::badLine));
        explainAndDiff(directory.resolve("groups.yaml"));
    }

    private static void read(String name, Path file) throws IOException {
        long start = System.nanoTime();
        ReadResult result = PolicyReader.read(file);
        Policy policy = result.policy().orElseThrow(() -> new IllegalStateException(result.errors().toString()));
        long read = System.nanoTime();
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        Collection<Instance> instances = policy.instances().values();
        compiled.filterOf(instances.iterator().next());
        long one = System.nanoTime();
        instances.forEach(compiled::filterOf);
        long every = System.nanoTime();
        System.out.printf(
                "%-44s %9.0f %14.0f %15.0f %8d%n",
                name, millis(start, read), millis(read, one), millis(read, every), Heap.used() >> 20);
        sink += compiled.policy().instances().size();
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }

    private static void refuse(String name, Path file) {
        long start = System.nanoTime();
        sink += PolicyReader.read(file).errors().size();
        System.out.printf("%-44s %9.0f%n", name, millis(start, System.nanoTime()));
    }

    private static void explainAndDiff(Path file) {
        Policy policy = PolicyReader.read(file).policy().orElseThrow();
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        var explainer = new Explainer(compiled);
        long start = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            sink += explain(explainer, "i-" + i % 10_000, "172.16.0." + i % 256, i % 4_096);
        }
        System.out.printf("%-44s %9.0f%n", "explain 100,000 questions, ms", millis(start, System.nanoTime()));
        start = System.nanoTime();
        sink += SemanticDiff.between(compiled, CompiledPolicy.of(policy)).size();
        System.out.printf("%-44s %9.0f%n", "diff with itself, ms", millis(start, System.nanoTime()));
        start = System.nanoTime();
        sink += SemanticDiff.between(compiled, CompiledPolicy.of(withOneInstanceMore(policy))).size();
        System.out.printf("%-44s %9.0f%n", "diff with one instance more, ms", millis(start, System.nanoTime()));
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
                new Instance(
                        "i-new", List.of(IpAddress.ipv4(1)), false, like.securityGroups(), like.cluster(), like.mode(), like.tags(), like.at()));
        return new Policy(
                policy.limits(), policy.prefixLists(), policy.securityGroups(), instances, policy.clusters(), List.of(), List.of());
    }
}
