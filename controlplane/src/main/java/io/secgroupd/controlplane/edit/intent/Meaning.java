package io.secgroupd.controlplane.edit.intent;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Expectation;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.model.ListEntries;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.text.Location;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compares what two policies say, without the places, and without the order of rules, which changes no verdict. */
public final class Meaning {

    private static final Location NOWHERE = new Location("", 1, 1);

    private Meaning() {}

    /** The first element in which two policies differ, in words. */
    public static Optional<String> difference(Policy one, Policy other) {
        return Stream.of(
                        one.limits().equals(other.limits()) ? Optional.<String>empty() : Optional.of("limits"),
                        tests(one).equals(tests(other)) ? Optional.<String>empty() : Optional.of("tests"),
                        invariants(one).equals(invariants(other))
                                ? Optional.<String>empty()
                                : Optional.of("invariants"),
                        first(Element.ElementKind.LIST, one.prefixLists(), other.prefixLists(), Meaning::of),
                        first(Element.ElementKind.GROUP, rest(one, other), rest(other, one), Meaning::of),
                        first(Element.ElementKind.INSTANCE, one.instances(), other.instances(), Meaning::of),
                        first(Element.ElementKind.CLUSTER, one.clusters(), other.clusters(), Meaning::of))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static <T> Optional<String> first(
            Element.ElementKind kind, Map<String, T> one, Map<String, T> other, Function<T, Object> meaning) {
        Set<String> ids = new HashSet<>(one.keySet());
        ids.addAll(other.keySet());
        return ids.stream()
                .sorted()
                .filter(id -> !Objects.equals(
                        Optional.ofNullable(one.get(id)).map(meaning),
                        Optional.ofNullable(other.get(id)).map(meaning)))
                .map(id -> new Element(kind, id).toString())
                .findFirst();
    }

    /** The groups of a policy without those that are the same in the other, rule by rule: nearly all, and quickly found. */
    private static Map<String, SecurityGroup> rest(Policy policy, Policy other) {
        Map<String, SecurityGroup> rest = new HashMap<>();
        policy.securityGroups().forEach((id, group) -> {
            SecurityGroup same = other.securityGroups().get(id);
            if (same == null || !isSame(group, same)) {
                rest.put(id, group);
            }
        });
        return rest;
    }

    private static boolean isSame(SecurityGroup one, SecurityGroup other) {
        return one.name().equals(other.name())
                && one.description().equals(other.description())
                && one.tags().equals(other.tags())
                && isSame(one.inbound(), other.inbound())
                && isSame(one.outbound(), other.outbound());
    }

    private static boolean isSame(List<Rule> one, List<Rule> other) {
        return one.size() == other.size()
                && IntStream.range(0, one.size()).allMatch(i -> isSame(one.get(i), other.get(i)));
    }

    private static boolean isSame(Rule one, Rule other) {
        return one.id().equals(other.id())
                && one.protocol().equals(other.protocol())
                && one.ports().equals(other.ports())
                && one.icmp().equals(other.icmp())
                && one.peer().equals(other.peer())
                && one.description().equals(other.description())
                && one.tags().equals(other.tags())
                && one.expires().equals(other.expires());
    }

    private static List<Object> of(PrefixList list) {
        return List.of(
                list.name(),
                list.description(),
                list.tags(),
                list.maxEntries(),
                list.entries(),
                list.except(),
                list.written().map(ListEntries::stream).map(Stream::toList),
                list.allowEmpty());
    }

    private static List<Object> of(SecurityGroup group) {
        return List.of(group.name(), group.description(), group.tags(), of(group.inbound()), of(group.outbound()));
    }

    private static Set<Rule> of(Collection<Rule> rules) {
        return rules.stream()
                .map(rule -> new Rule(
                        rule.id(),
                        rule.group(),
                        rule.direction(),
                        rule.protocol(),
                        rule.ports(),
                        rule.icmp(),
                        rule.peer(),
                        rule.description(),
                        rule.tags(),
                        rule.expires(),
                        NOWHERE,
                        ""))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<Object> of(Instance instance) {
        return List.of(
                instance.addresses(),
                instance.registered(),
                instance.securityGroups(),
                instance.cluster(),
                instance.mode(),
                instance.tags());
    }

    private static List<Object> of(Cluster cluster) {
        return List.of(
                cluster.securityGroups(),
                cluster.instances(),
                cluster.mode(),
                cluster.tags(),
                cluster.port(),
                cluster.engine());
    }

    private static List<Expectation> tests(Policy policy) {
        return policy.tests().stream()
                .map(test -> new Expectation(
                        test.name(), test.from(), test.to(), test.service(), test.expect(), test.when(), NOWHERE, ""))
                .toList();
    }

    private static List<Invariant> invariants(Policy policy) {
        return policy.invariants().stream()
                .map(one -> new Invariant(
                        one.name(), one.kind(), one.from(), one.to(), one.protocol(), one.ports(), NOWHERE, ""))
                .toList();
    }
}
