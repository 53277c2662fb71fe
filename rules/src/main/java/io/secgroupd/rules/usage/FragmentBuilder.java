package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Puts missing rules into new groups, as many as the limit of rules needs, and long rows of prefixes into new lists, which
 * count one rule each.
 */
final class FragmentBuilder {

    private static final int MOST_PREFIXES = 5;
    private static final int LONGEST_NAME = 48;

    private final Policy policy;
    private final int limit;
    private final Map<String, List<Prefix>> lists = new LinkedHashMap<>();
    private final List<SuggestedGroup> groups = new ArrayList<>();

    FragmentBuilder(Policy policy) {
        this.policy = policy;
        this.limit = policy.limits().rulesPerSecurityGroup();
    }

    /** Adds rules for everybody who has a group. */
    void addBeside(String group, List<SuggestedRule> rules) {
        List<String> instances = policy.instances().values().stream()
                .filter(one -> one.cluster().isEmpty() && one.securityGroups().contains(group))
                .map(Instance::name)
                .toList();
        List<String> clusters = policy.clusters().values().stream()
                .filter(cluster -> cluster.securityGroups().contains(group))
                .map(Cluster::name)
                .toList();
        add(group.replaceFirst("^sg-", ""), Optional.of(group), instances, clusters, rules);
    }

    /** Adds rules for an instance without groups; those of a cluster are all without. */
    void addFor(Instance instance, List<SuggestedRule> rules) {
        List<String> clusters = instance.cluster().stream().toList();
        List<String> instances = clusters.isEmpty() ? List.of(instance.name()) : List.of();
        add(instance.name(), Optional.empty(), instances, clusters, rules);
    }

    private void add(
            String name,
            Optional<String> beside,
            List<String> instances,
            List<String> clusters,
            List<SuggestedRule> rules) {
        var part = new ArrayList<SuggestedRule>();
        int counted = 0;
        for (SuggestedRule rule : rules.stream().flatMap(this::fitting).toList()) {
            if (counted + rule.peers().size() > limit) {
                groups.add(new SuggestedGroup(freeId(name), beside, instances, clusters, part));
                part.clear();
                counted = 0;
            }
            part.add(rule);
            counted += rule.peers().size();
        }
        if (!part.isEmpty()) {
            groups.add(new SuggestedGroup(freeId(name), beside, instances, clusters, part));
        }
    }

    /** The same rule with no more peers than a group may have rules. */
    private Stream<SuggestedRule> fitting(SuggestedRule rule) {
        List<Peer> peers = gathered(rule.peers());
        int parts = (peers.size() + limit - 1) / limit;
        return IntStream.range(0, parts)
                .mapToObj(i -> new SuggestedRule(
                        rule.direction(),
                        rule.service(),
                        peers.subList(i * limit, Math.min(peers.size(), (i + 1) * limit)),
                        rule.evidence()));
    }

    private List<Peer> gathered(List<Peer> peers) {
        List<Prefix> prefixes = peers.stream()
                .flatMap(peer -> peer instanceof Peer.Addresses addresses
                        ? addresses.range().asPrefix().stream()
                        : Stream.empty())
                .toList();
        if (prefixes.size() <= MOST_PREFIXES) {
            return peers;
        }
        var gathered = new ArrayList<Peer>(
                peers.stream().filter(peer -> !(peer instanceof Peer.Addresses)).toList());
        gathered.add(new Peer.List(listOf(prefixes)));
        return gathered;
    }

    private String listOf(List<Prefix> prefixes) {
        for (Map.Entry<String, List<Prefix>> list : lists.entrySet()) {
            if (list.getValue().equals(prefixes)) {
                return list.getKey();
            }
        }
        int number = lists.size() + 1;
        while (policy.prefixLists().containsKey("pl-suggested-" + number)
                || lists.containsKey("pl-suggested-" + number)) {
            number++;
        }
        lists.put("pl-suggested-" + number, prefixes);
        return "pl-suggested-" + number;
    }

    private String freeId(String name) {
        String id = "sg-suggested-" + name.substring(0, Math.min(name.length(), LONGEST_NAME));
        String free = id;
        for (int number = 2; isTaken(free); number++) {
            free = id + "-" + number;
        }
        return free;
    }

    private boolean isTaken(String id) {
        return policy.securityGroups().containsKey(id)
                || groups.stream().anyMatch(group -> group.id().equals(id));
    }

    Suggestion build() {
        return new Suggestion(lists, groups);
    }
}
