package io.secgroupd.controlplane.edit.random;

import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a policy says, as sentences: two policies mean the same when they say the same sentences. */
final class Facts {

    private final Set<String> all = new TreeSet<>();

    private Facts() {}

    static Set<String> of(Policy policy) {
        var facts = new Facts();
        policy.prefixLists().values().forEach(facts::list);
        policy.securityGroups().values().forEach(facts::group);
        policy.instances().values().forEach(facts::instance);
        policy.instances().values().forEach(one -> facts.all.add(mode(one.name(), policy.modeOf(one))));
        policy.clusters().values().forEach(facts::cluster);
        return facts.all;
    }

    private void list(PrefixList list) {
        all.add("list " + list.id());
        all.add(text(list.id(), "name", list.name()));
        all.add(text(list.id(), "description", list.description()));
        all.add(tags(list.id(), list.tags()));
        all.add(most(list.id(), list.maxEntries().orElse(0)));
        all.add(entries(list.id(), list.written().orElseThrow().stream().toList()));
    }

    private void group(SecurityGroup group) {
        all.add("group " + group.id());
        all.add(text(group.id(), "name", group.name()));
        all.add(text(group.id(), "description", group.description()));
        all.add(tags(group.id(), group.tags()));
        for (Direction direction : Direction.values()) {
            group.rules(direction).stream()
                    .flatMap(rule -> ShownRule.of(rule).stream())
                    .forEach(shown -> all.add(rule(group.id(), shown)));
        }
    }

    private void instance(Instance instance) {
        all.add(instance(instance.name(), instance.addresses(), instance.cluster()));
        all.add(groups(instance.name(), instance.securityGroups()));
        all.add(tags(instance.name(), instance.tags()));
    }

    private void cluster(Cluster cluster) {
        all.add(cluster(cluster.name(), cluster.instances(), cluster.engine()));
        all.add(groups(cluster.name(), cluster.securityGroups()));
        all.add(tags(cluster.name(), cluster.tags()));
        all.add(port(cluster.name(), cluster.port().orElse(0)));
        all.add(mode(cluster.name(), cluster.mode()));
    }

    static String instance(String name, List<IpAddress> addresses, Optional<String> cluster) {
        return "instance " + name + " " + addresses + " of " + cluster;
    }

    static String cluster(String name, List<String> instances, String engine) {
        return "cluster " + name + " " + instances + " " + engine;
    }

    static String text(String id, String key, String text) {
        return id + " has " + key + " " + text;
    }

    static String tags(String id, Map<String, String> tags) {
        return id + " has tags " + new TreeMap<>(tags);
    }

    static String most(String id, int count) {
        return id + " has at most " + count;
    }

    static String port(String name, int port) {
        return name + " has port " + port;
    }

    /** The mode that holds. */
    static String mode(String name, InstanceMode mode) {
        return name + " has mode " + mode;
    }

    static String entries(String id, List<ListEntry> entries) {
        return id + " has " + entries;
    }

    /** The groups of something; their order does not count. */
    static String groups(String name, List<String> groups) {
        return name + " has groups " + new TreeSet<>(groups);
    }

    static String rule(String group, ShownRule shown) {
        Rule rule = shown.of();
        var terms = new RuleSpec(shown.key(), rule.description(), rule.tags(), rule.expires(), Optional.empty());
        return rule(group, shown.direction(), terms, shown.id());
    }

    static String rule(String group, Direction direction, RuleSpec terms, String id) {
        return group + " " + direction + " " + terms.key() + " " + id + " " + terms.description() + " "
                + new TreeMap<>(terms.tags()) + " until " + terms.expires();
    }
}
