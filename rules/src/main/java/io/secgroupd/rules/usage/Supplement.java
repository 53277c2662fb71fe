package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.RuleId;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.text.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** A policy together with what is suggested for it. */
final class Supplement {

    private static final Location NOWHERE = new Location("suggested", 1, 1);

    private Supplement() {}

    static Policy of(Policy policy, Suggestion suggestion) {
        Map<String, PrefixList> lists = new LinkedHashMap<>(policy.prefixLists());
        suggestion.lists().forEach((id, prefixes) -> lists.put(id, list(id, prefixes)));
        Map<String, SecurityGroup> groups = new LinkedHashMap<>(policy.securityGroups());
        suggestion.groups().forEach(group -> groups.put(group.id(), group(group)));
        Map<String, Instance> instances = new LinkedHashMap<>(policy.instances());
        instances.replaceAll((name, instance) -> with(instance, suggestion));
        Map<String, Cluster> clusters = new LinkedHashMap<>(policy.clusters());
        clusters.replaceAll((name, cluster) -> with(cluster, suggestion));
        return new Policy(policy.limits(), lists, groups, instances, clusters, policy.tests(), policy.invariants());
    }

    private static PrefixList list(String id, List<Prefix> prefixes) {
        AddressSet entries = AddressSet.of(prefixes.stream().map(Prefix::range).toList());
        return new PrefixList(
                id, "", "", Map.of(), OptionalInt.empty(), entries, AddressSet.EMPTY, Optional.empty(), false, NOWHERE);
    }

    private static SecurityGroup group(SuggestedGroup group) {
        return new SecurityGroup(
                group.id(), "", "", Map.of(), rules(group, Direction.INGRESS), rules(group, Direction.EGRESS), NOWHERE);
    }

    private static List<Rule> rules(SuggestedGroup group, Direction direction) {
        return group.rules(direction).stream()
                .flatMap(rule -> rule.peers().stream().map(peer -> rule(group.id(), direction, rule.service(), peer)))
                .toList();
    }

    /** A rule as a file would have it that names neither an id nor a description. */
    static Rule rule(String group, Direction direction, ServiceRange service, Peer peer) {
        String id = RuleId.derive(group, direction, service.protocol(), service.ports(), service.icmp(), peer);
        return new Rule(
                id,
                group,
                direction,
                service.protocol(),
                service.ports(),
                service.icmp(),
                peer,
                "",
                Map.of(),
                Optional.empty(),
                NOWHERE,
                "");
    }

    private static Instance with(Instance instance, Suggestion suggestion) {
        Predicate<SuggestedGroup> meant = instance.cluster()
                .<Predicate<SuggestedGroup>>map(
                        cluster -> group -> group.clusters().contains(cluster))
                .orElse(group -> group.instances().contains(instance.name()));
        return instance.withGroups(with(instance.securityGroups(), suggestion, meant));
    }

    private static Cluster with(Cluster cluster, Suggestion suggestion) {
        List<String> groups = with(
                cluster.securityGroups(), suggestion, group -> group.clusters().contains(cluster.name()));
        return new Cluster(
                cluster.name(),
                groups,
                cluster.instances(),
                cluster.mode(),
                cluster.tags(),
                cluster.port(),
                cluster.engine(),
                cluster.at());
    }

    private static List<String> with(List<String> groups, Suggestion suggestion, Predicate<SuggestedGroup> meant) {
        List<String> all = new ArrayList<>(groups);
        suggestion.groups().stream().filter(meant).map(SuggestedGroup::id).forEach(all::add);
        return all;
    }
}
