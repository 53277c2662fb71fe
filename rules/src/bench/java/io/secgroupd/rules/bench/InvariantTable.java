package io.secgroupd.rules.bench;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.invariant.Invariants;
import io.secgroupd.rules.model.FlowEnd;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Prints how long 1,000 invariants take on 10,000 rules with a list of 100 prefixes each, once in a JVM that has just started
 * and once more. All of them hold, so none of them ends early. Run by {@code scripts/bench rules}.
 */
public final class InvariantTable {

    private static final int GROUPS = 100;
    private static final int RULES = 100;
    private static final int PREFIXES = 100;
    private static final int INVARIANTS = 1_000;

    private InvariantTable() {}

    public static void main(String[] arguments) {
        System.out.printf("%-44s %9s %9s%n", "", "first ms", "again ms");
        print("only from networks of our own, each group", i -> ends("10.0.0.0/8", "172.16.0.0/12"), true);
        print("never from a network of its own, everywhere", i -> ends("198.18." + i % 250 + ".0/24"), false);
    }

    private static void print(String name, IntFunction<List<FlowEnd>> from, boolean only) {
        CompiledPolicy policy = CompiledPolicy.of(policy(from, only));
        long start = System.nanoTime();
        judge(policy);
        long first = System.nanoTime();
        judge(policy);
        System.out.printf("%-44s %9.0f %9.0f%n", name, (first - start) / 1e6, (System.nanoTime() - first) / 1e6);
    }

    private static void judge(CompiledPolicy policy) {
        var problems = Invariants.check(policy);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.get(0).toString());
        }
    }

    private static Policy policy(IntFunction<List<FlowEnd>> from, boolean only) {
        var random = new Random(1);
        var builder = new PolicyBuilder();
        for (int group = 0; group < GROUPS; group++) {
            for (int rule = 0; rule < RULES; rule++) {
                String list = "pl-" + group + "-" + rule;
                builder.list(list, prefixes(random)).in("sg-" + group, "tcp " + (1024 + rule * GROUPS + group), list);
            }
            builder.out("sg-" + group, "all", "10.0.0.0/8");
            builder.instance("i-" + group, List.of("172.16.0." + group), "sg-" + group);
        }
        for (int i = 0; i < INVARIANTS; i++) {
            Invariant.Kind kind = only ? Invariant.Kind.ONLY : Invariant.Kind.NEVER;
            List<FlowEnd> to = ends(only ? "sg-" + i % GROUPS : "any");
            builder.invariant("i-" + i, kind, from.apply(i), to, Protocol.ALL, PortRange.ALL);
        }
        return builder.build();
    }

    private static List<FlowEnd> ends(String... peers) {
        return List.of(peers).stream()
                .<FlowEnd>map(peer -> new FlowEnd.OfPeer(PolicyBuilder.peer(peer)))
                .toList();
    }

    /** Of 10.0.0.0/8, so that what is promised of other networks holds. */
    private static AddressSet prefixes(Random random) {
        var ranges = new ArrayList<AddressRange>();
        for (int i = 0; i < PREFIXES; i++) {
            IpAddress within = IpAddress.ipv4(10 << 24 | random.nextInt(1 << 24));
            ranges.add(Prefix.containing(within, 24 + random.nextInt(9)).range());
        }
        return AddressSet.of(ranges);
    }
}
