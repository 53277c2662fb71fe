package io.secgroupd.rules.testkit;

import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Endpoint;
import io.secgroupd.rules.model.Expectation;
import io.secgroupd.rules.model.FlowEnd;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.model.Limits;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.RuleId;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.text.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Policies in few words, for tests of everything behind the reader. */
public final class PolicyBuilder {

    private final Map<String, PrefixList> lists = new LinkedHashMap<>();
    private final Map<String, List<Rule>> inbound = new LinkedHashMap<>();
    private final Map<String, List<Rule>> outbound = new LinkedHashMap<>();
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final List<Expectation> tests = new ArrayList<>();
    private final List<Invariant> invariants = new ArrayList<>();
    private int line = 1;

    public PolicyBuilder list(String id, String... entries) {
        List<AddressRange> ranges =
                List.of(entries).stream().map(PolicyBuilder::range).toList();
        return list(id, AddressSet.of(ranges));
    }

    public PolicyBuilder list(String id, AddressSet entries) {
        lists.put(
                id,
                new PrefixList(
                        id,
                        "",
                        "",
                        Map.of(),
                        OptionalInt.empty(),
                        entries,
                        AddressSet.EMPTY,
                        Optional.empty(),
                        false,
                        here()));
        return this;
    }

    /** Makes a group without any rule, not even the implied outbound one. */
    public PolicyBuilder group(String id) {
        inbound.putIfAbsent(id, new ArrayList<>());
        outbound.putIfAbsent(id, new ArrayList<>());
        return this;
    }

    /** {@code in("sg-db", "tcp 3306", "sg-app")}; also {@code "icmp 8/0"}, {@code "all"}, {@code "47"}. */
    public PolicyBuilder in(String group, String service, String peer) {
        return rule(group, Direction.INGRESS, service, peer(peer));
    }

    public PolicyBuilder out(String group, String service, String peer) {
        return rule(group, Direction.EGRESS, service, peer(peer));
    }

    public PolicyBuilder instance(String name, List<String> addresses, String... groups) {
        return instance(name, addresses(addresses), List.of(groups));
    }

    public PolicyBuilder instance(String name, Collection<IpAddress> addresses, List<String> groups) {
        instances.put(
                name,
                new Instance(
                        name,
                        List.copyOf(addresses),
                        false,
                        groups,
                        Optional.empty(),
                        InstanceMode.ENFORCE,
                        Map.of(),
                        here()));
        return this;
    }

    /** An instance of a cluster, which is made with the first of its instances. */
    public PolicyBuilder clustered(String cluster, List<String> groups, String name, String... addresses) {
        Location at = here();
        instances.put(
                name,
                new Instance(
                        name,
                        addresses(List.of(addresses)),
                        false,
                        groups,
                        Optional.of(cluster),
                        InstanceMode.ENFORCE,
                        Map.of(),
                        at));
        var names = new ArrayList<String>();
        if (clusters.containsKey(cluster)) {
            names.addAll(clusters.get(cluster).instances());
        }
        names.add(name);
        clusters.put(
                cluster,
                new Cluster(cluster, groups, names, InstanceMode.ENFORCE, Map.of(), OptionalInt.empty(), "", at));
        return this;
    }

    /** Lets an instance observe. */
    public PolicyBuilder observing(String name) {
        instances.computeIfPresent(name, (same, one) -> one.with(InstanceMode.OBSERVE));
        return this;
    }

    /** {@code test("the internet does not", address, cluster, service, Verdict.REJECT)}. */
    public PolicyBuilder test(String name, Endpoint from, Endpoint to, Service service, Verdict expect) {
        String path = "tests[" + tests.size() + "]";
        tests.add(new Expectation(name, from, to, service, expect, Optional.empty(), here(), path));
        return this;
    }

    /** {@code invariant("private", Invariant.Kind.NEVER, List.of(end), List.of(end), Protocol.TCP, PortRange.of(3306))}. */
    public PolicyBuilder invariant(
            String name,
            Invariant.Kind kind,
            List<FlowEnd> from,
            List<FlowEnd> to,
            Protocol protocol,
            PortRange... ports) {
        String path = "invariants[" + invariants.size() + "]";
        invariants.add(new Invariant(name, kind, from, to, protocol, List.of(ports), here(), path));
        return this;
    }

    public Policy build() {
        var groups = new LinkedHashMap<String, SecurityGroup>();
        inbound.forEach((id, rules) ->
                groups.put(id, new SecurityGroup(id, "", "", Map.of(), rules, rules(outbound, id), here())));
        return new Policy(Limits.DEFAULT, lists, groups, instances, clusters, tests, invariants);
    }

    private List<Rule> rules(Map<String, List<Rule>> byGroup, String group) {
        return byGroup.getOrDefault(group, List.of());
    }

    private PolicyBuilder rule(String group, Direction direction, String service, Peer peer) {
        String[] words = service.split(" ");
        Protocol protocol = Protocol.parse(words[0]).orElseThrow();
        PortRange ports = protocol.hasPorts() && words.length > 1
                ? PortRange.parse(words[1]).orElseThrow()
                : PortRange.ALL;
        IcmpMatch icmp = protocol.hasIcmpTypes() && words.length > 1 ? icmp(words[1]) : IcmpMatch.ANY;
        return rule(group, direction, protocol, ports, icmp, peer);
    }

    public PolicyBuilder rule(
            String group, Direction direction, Protocol protocol, PortRange ports, IcmpMatch icmp, Peer peer) {
        String id = RuleId.derive(group, direction, protocol, ports, icmp, peer);
        group(group);
        rules(direction == Direction.INGRESS ? inbound : outbound, group)
                .add(new Rule(
                        id, group, direction, protocol, ports, icmp, peer, "", Map.of(), Optional.empty(), here(), ""));
        return this;
    }

    private static IcmpMatch icmp(String text) {
        String[] typeAndCode = text.split("/");
        int code = typeAndCode.length > 1 ? Integer.parseInt(typeAndCode[1]) : IcmpMatch.ANY_VALUE;
        return new IcmpMatch(Integer.parseInt(typeAndCode[0]), code);
    }

    /** {@code any}, {@code sg-name}, {@code pl-name} or a block of addresses. */
    public static Peer peer(String text) {
        if (text.startsWith("sg-")) {
            return new Peer.Group(text);
        }
        if (text.startsWith("pl-")) {
            return new Peer.List(text);
        }
        return text.equals("any") ? Peer.Any.ANY : new Peer.Addresses(range(text));
    }

    private Location here() {
        return new Location("rules.yaml", line++, 1);
    }

    private static List<IpAddress> addresses(List<String> texts) {
        return texts.stream().map(PolicyBuilder::address).toList();
    }

    public static AddressRange range(String text) {
        try {
            return AddressText.parse(text).range();
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static IpAddress address(String text) {
        return range(text).first();
    }
}
