package io.secgroupd.rules.bench;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Policies to measure, and flows to ask them; the same in every run. The instance is {@code host}, 192.0.2.1. */
final class Workload {

    static final String HOST = "host";

    private static final IpAddress HOST4 = PolicyBuilder.address("192.0.2.1");
    private static final IpAddress HOST6 = PolicyBuilder.address("2001:db8::1");
    private static final int RULES_PER_GROUP = 1000;
    private static final int SERVICES = 50;
    private static final int EDGES = 1 << 13;

    private final Random random = new Random(42);
    private final PolicyBuilder builder = new PolicyBuilder();
    private final List<IpAddress> edges = new ArrayList<>();
    private final List<PortRange> ports = new ArrayList<>();
    private final List<PortRange> common = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    private int total;

    private Workload() {}

    record Case(String name, Policy policy, FlowTuple[] flows) {}

    /** 20 rules of one address, prefix or list of offices each, as people write them. */
    static Case twentyRules() {
        return new Workload().build("20 rules", 20, 3, Workload::anyPorts);
    }

    /** As many rules with a list of {@code entries} prefixes each; ports as people write them: from a short list. */
    static Case rules(int rules, int entries) {
        return new Workload().build(rules + " rules x " + entries, rules, entries, Workload::commonPorts);
    }

    /** As {@link #rules}, but every port range is another. */
    static Case arbitraryPorts(int rules, int entries) {
        return new Workload().build(rules + " x " + entries + " any ports", rules, entries, Workload::anyPorts);
    }

    /** One rule with a list of so many prefixes. */
    static Case oneList(int entries) {
        return new Workload().build("1 list x " + entries, 1, entries, workload -> PortRange.of(443));
    }

    private Case build(String name, int rules, int entries, Function<Workload, PortRange> portsOf) {
        for (int i = 0; i < SERVICES; i++) {
            common.add(anyPorts(this));
        }
        total = rules * entries;
        for (int rule = 0; rule < rules; rule++) {
            String group = "sg-" + rule / RULES_PER_GROUP;
            if (!groups.contains(group)) {
                groups.add(group);
            }
            String list = "pl-" + rule;
            builder.list(list, list(entries));
            PortRange asked = portsOf.apply(this);
            ports.add(asked);
            builder.rule(
                    group, Direction.INGRESS, Protocol.TCP, asked, IcmpMatch.ANY, new Peer.List(list));
        }
        builder.instance(HOST, List.of(HOST4, HOST6), groups);
        return new Case(name, builder.build(), flows());
    }

    private static PortRange commonPorts(Workload workload) {
        return workload.common.get(workload.random.nextInt(SERVICES));
    }

    /** A quarter all ports, a quarter a range, half one port: about as ClassBench's seeds have them. */
    private static PortRange anyPorts(Workload workload) {
        int first = workload.random.nextInt(PortRange.MAX_PORT + 1);
        return switch (workload.random.nextInt(4)) {
            case 0 -> PortRange.ALL;
            case 1 -> new PortRange(first, first + workload.random.nextInt(PortRange.MAX_PORT + 1 - first));
            default -> PortRange.of(first);
        };
    }

    private AddressSet list(int entries) {
        var builder = new AddressSet.Builder();
        for (int i = 0; i < entries; i++) {
            AddressRange range = prefix().range();
            builder.add(range);
            if (random.nextInt(total) < EDGES) {
                edges.add(range.first());
                edges.add(range.last());
            }
        }
        return builder.build();
    }

    /** Three of four are IPv4; lengths as in blocklists and cloud ranges. */
    private Prefix prefix() {
        if (random.nextInt(4) > 0) {
            return Prefix.containing(IpAddress.ipv4(random.nextInt()), 24 + random.nextInt(9));
        }
        long site = 0x2000_0000_0000_0000L | random.nextLong() >>> 3;
        return Prefix.containing(IpAddress.ipv6(site, random.nextLong()), 40 + random.nextInt(89));
    }

    /** Half at the edges of entries, half anywhere; ports of rules and others. */
    private FlowTuple[] flows() {
        var flows = new FlowTuple[1 << 14];
        for (int i = 0; i < flows.length; i++) {
            IpAddress source = random.nextBoolean()
                    ? edges.get(random.nextInt(edges.size()))
                    : prefix().address();
            IpAddress target = source.family() == HOST4.family() ? HOST4 : HOST6;
            int port = random.nextInt(4) == 0
                    ? random.nextInt(PortRange.MAX_PORT + 1)
                    : ports.get(random.nextInt(ports.size())).first();
            flows[i] = FlowTuple.ofPorts(source, target, Protocol.TCP.number(), port);
        }
        return flows;
    }
}
