package io.secgroupd.rules.oracle;

import static java.util.Objects.requireNonNull;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * WHAT THE RULES MEAN in secgroupd-rules(5), read aloud: it walks the rules one by one as they are written, compares addresses as big
 * numbers, and shares no code with the compiler and the matcher.
 */
public final class NaiveEvaluator {

    /** The first and last address of a range in one order of all addresses: IPv4 below IPv6. */
    private record Span(BigInteger first, BigInteger last) {
        boolean holds(BigInteger address) {
            return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
        }
    }

    private record Term(Rule rule, List<Span> peers) {}

    private final Policy policy;
    private final Map<IpAddress, Instance> instances = new HashMap<>();
    private final Map<String, List<Term>> terms = new HashMap<>();

    public NaiveEvaluator(Policy policy) {
        this.policy = policy;
        for (Instance instance : policy.instances().values()) {
            instance.addresses().forEach(address -> instances.put(address, instance));
        }
        for (Instance instance : policy.instances().values()) {
            for (Direction direction : Direction.values()) {
                terms.put(instance.name() + direction, termsOf(instance, direction));
            }
        }
    }

    private List<Term> termsOf(Instance instance, Direction direction) {
        var list = new ArrayList<Term>();
        for (String group : instance.securityGroups()) {
            for (Rule rule : requireNonNull(policy.securityGroups().get(group)).rules(direction)) {
                list.add(new Term(rule, spans(rule.peer())));
            }
        }
        return list;
    }

    private List<Span> spans(Peer peer) {
        if (peer instanceof Peer.Any) {
            return AddressSet.ALL.stream().map(NaiveEvaluator::span).toList();
        }
        if (peer instanceof Peer.Addresses addresses) {
            return List.of(span(addresses.range()));
        }
        if (peer instanceof Peer.List list) {
            return requireNonNull(policy.prefixLists().get(list.id())).entries().stream()
                    .map(NaiveEvaluator::span)
                    .toList();
        }
        var members = new ArrayList<Span>();
        for (Instance instance : policy.instances().values()) {
            if (instance.securityGroups().contains(((Peer.Group) peer).id())) {
                instance.addresses().forEach(address -> members.add(span(AddressRange.of(address))));
            }
        }
        return members;
    }

    private static Span span(AddressRange range) {
        return new Span(number(range.first()), number(range.last()));
    }

    static BigInteger number(IpAddress address) {
        var bits = new BigInteger(1, address.toBytes());
        return address.toBytes().length == 4 ? bits : bits.setBit(128);
    }

    Optional<Instance> instanceAt(IpAddress address) {
        return Optional.ofNullable(instances.get(address));
    }

    /** The verdict over both halves, then each half; as text, so that a difference is read at a glance. */
    public String judge(FlowTuple flow) {
        Instance from = instances.get(flow.source());
        Instance to = instances.get(flow.destination());
        if (from != null && from.equals(to)) {
            return "ACCEPT same-instance";
        }
        if (from == null && to == null) {
            return "REJECT no-instance";
        }
        String egress = from == null ? "" : half(from, Direction.EGRESS, flow);
        String ingress = to == null ? "" : half(to, Direction.INGRESS, flow);
        String telling = egress.startsWith("REJECT") || ingress.isEmpty() ? egress : ingress;
        String[] words = telling.split(" ");
        return words[0] + " " + words[1] + " | " + egress + " | " + ingress;
    }

    /** What one instance says: {@code ACCEPT rule app sg-app sgr-1 rules.yaml:4}. */
    String half(Instance instance, Direction direction, FlowTuple flow) {
        BigInteger peer = number(direction == Direction.INGRESS ? flow.source() : flow.destination());
        for (Term term : terms.getOrDefault(instance.name() + direction, List.of())) {
            if (serviceMatches(term.rule(), flow) && term.peers().stream().anyMatch(span -> span.holds(peer))) {
                Rule rule = term.rule();
                return String.join(
                        " ",
                        "ACCEPT rule",
                        instance.name(),
                        rule.group(),
                        rule.id(),
                        rule.at().fileLine());
            }
        }
        return "REJECT " + (instance.securityGroups().isEmpty() ? "no-groups " : "no-matching-rule ") + instance.name();
    }

    private static boolean serviceMatches(Rule rule, FlowTuple flow) {
        int protocol = rule.protocol().number();
        boolean ipv4 = flow.source().toBytes().length == 4;
        if (protocol == -1) {
            return true;
        }
        if (protocol != flow.protocol()) {
            return false;
        }
        return switch (protocol) {
            case 1 -> ipv4 && icmpMatches(rule.icmp(), flow);
            case 58 -> !ipv4 && icmpMatches(rule.icmp(), flow);
            case 6, 17 ->
                rule.ports().first() <= flow.destinationPort()
                        && flow.destinationPort() <= rule.ports().last();
            default -> true;
        };
    }

    private static boolean icmpMatches(IcmpMatch icmp, FlowTuple flow) {
        return (icmp.type() == -1 || icmp.type() == flow.icmpType())
                && (icmp.code() == -1 || icmp.code() == flow.icmpCode());
    }
}
