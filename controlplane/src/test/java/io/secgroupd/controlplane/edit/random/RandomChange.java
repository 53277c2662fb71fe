package io.secgroupd.controlplane.edit.random;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A change that a policy allows, with what has to come of it, found without any of the editor's own reckoning. */
final class RandomChange extends Draws {

    private final RuleChanges rules;
    private final ListChanges lists;
    private final InstanceChanges instances;

    private RandomChange(Random random, Policy policy) {
        super(random, policy);
        this.rules = new RuleChanges(random, policy);
        this.lists = new ListChanges(random, policy);
        this.instances = new InstanceChanges(random, policy);
    }

    static Asked of(Random random, Policy policy) {
        var changes = new RandomChange(random, policy);
        while (true) {
            Optional<Asked> asked = changes.draw();
            if (asked.isPresent()) {
                return asked.get();
            }
        }
    }

    private Optional<Asked> draw() {
        return switch (random.nextInt(21)) {
            case 0, 1, 2, 3 -> rules.rule().map(rules::removeRule);
            case 4, 5 -> rules.rule().map(rules::replaceRule);
            case 6, 7 -> maybe(policy.securityGroups().values()).map(rules::addRules);
            case 8 -> Optional.of(addGroup());
            case 9 -> removeGroup();
            case 10 -> maybe(policy.securityGroups().values()).map(this::describeGroup);
            case 11 -> setTags();
            case 12 -> lists.list().map(lists::addEntries);
            case 13 -> lists.list().flatMap(lists::removeEntry);
            case 14 -> lists.list().map(lists::describeList);
            case 15 -> member();
            case 16 -> Optional.of(instances.addInstance(someGroups()));
            case 17 -> instances.instance().map(instances::removeInstance);
            case 18 -> instances.instance().map(instances::setAddresses);
            case 19 -> maybe(policy.clusters().values()).map(instances::setMembers);
            default -> other();
        };
    }

    private Asked addGroup() {
        var change = new IntendedChange.AddGroup("sg-new", text(), random.nextBoolean() ? "" : text(), tags());
        Set<String> come = new TreeSet<>(Set.of(
                "group sg-new",
                Facts.text("sg-new", "name", change.name()),
                Facts.text("sg-new", "description", change.description()),
                Facts.tags("sg-new", change.tags())));
        for (String prefix : List.of("0.0.0.0/0", "::/0")) {
            var key = new RuleKey(Protocol.ALL, PortRange.ALL, IcmpMatch.ANY, new Peer.Addresses(all(prefix)));
            String id = RuleSpec.derivedId("sg-new", Direction.EGRESS, key);
            come.add(Facts.rule("sg-new", Direction.EGRESS, RuleSpec.of(key), id));
        }
        return new Asked(change, Set.of(), come, Set.of(), Set.of(), 1);
    }

    private static AddressRange all(String prefix) {
        return AddressRange.all(prefix.startsWith(":") ? Family.IPV6 : Family.IPV4);
    }

    private Optional<Asked> removeGroup() {
        return maybe(policy.securityGroups().values().stream()
                        .filter(group -> !isNamed(group.id()))
                        .toList())
                .map(group -> new Asked(
                        new IntendedChange.RemoveGroup(group.id()),
                        about(group.id(), "group"),
                        Set.of(),
                        Set.of("security_groups." + group.id()),
                        Set.of(),
                        1));
    }

    private boolean isNamed(String id) {
        var peer = new Peer.Group(id);
        return policy.instances().values().stream()
                        .anyMatch(one -> one.securityGroups().contains(id))
                || policy.clusters().values().stream()
                        .anyMatch(one -> one.securityGroups().contains(id))
                || policy.securityGroups().values().stream()
                        .filter(group -> !group.id().equals(id))
                        .anyMatch(group -> group.inbound().stream()
                                        .anyMatch(rule -> rule.peer().equals(peer))
                                || group.outbound().stream()
                                        .anyMatch(rule -> rule.peer().equals(peer)));
    }

    private Set<String> about(String id, String kind) {
        Set<String> about = new TreeSet<>(Facts.of(policy));
        about.removeIf(fact -> !fact.startsWith(id + " ") && !fact.equals(kind + " " + id));
        return about;
    }

    private Asked describeGroup(SecurityGroup group) {
        String text = random.nextInt(4) == 0 ? "" : text();
        boolean name = random.nextBoolean();
        String key = name ? "name" : "description";
        Element element = Element.group(group.id());
        return new Asked(
                name ? new IntendedChange.SetName(element, text) : new IntendedChange.SetDescription(element, text),
                Set.of(Facts.text(group.id(), key, name ? group.name() : group.description())),
                Set.of(Facts.text(group.id(), key, text)),
                Set.of("security_groups." + group.id() + "." + key),
                Set.of(),
                1);
    }

    private Optional<Asked> setTags() {
        var elements = new ArrayList<Element>();
        policy.securityGroups().keySet().forEach(id -> elements.add(Element.group(id)));
        policy.prefixLists().keySet().forEach(id -> elements.add(Element.list(id)));
        policy.clusters().keySet().forEach(id -> elements.add(Element.cluster(id)));
        policy.instances().values().stream()
                .filter(instance -> instance.cluster().isEmpty())
                .forEach(instance -> elements.add(Element.instance(instance.name())));
        return maybe(elements).map(this::setTags);
    }

    private Asked setTags(Element element) {
        Map<String, String> tags = tags();
        String id = element.id();
        String start = id + " has tags ";
        Set<String> gone = new TreeSet<>(Facts.of(policy));
        gone.removeIf(fact -> !fact.startsWith(start));
        String path = element.kind().section() + "." + id;
        return new Asked(
                new IntendedChange.SetTags(element, tags),
                gone,
                Set.of(Facts.tags(id, tags)),
                Set.of(path + ".tags"),
                element.kind() == Element.ElementKind.LIST ? Set.of(path) : Set.of(),
                1);
    }

    private List<String> someGroups() {
        var groups = new ArrayList<>(policy.securityGroups().keySet());
        Collections.shuffle(groups, random);
        return List.copyOf(groups.subList(0, random.nextInt(groups.size() + 1)));
    }

    private Optional<Asked> member() {
        List<String> groups = someGroups();
        if (random.nextBoolean()) {
            return maybe(policy.clusters().values()).map(cluster -> clusterGroups(cluster, groups));
        }
        return maybe(policy.instances().values().stream()
                        .filter(instance -> instance.cluster().isEmpty())
                        .toList())
                .map(instance -> instanceGroups(instance, groups));
    }

    private Asked instanceGroups(Instance instance, List<String> groups) {
        return new Asked(
                new IntendedChange.SetInstanceGroups(instance.name(), groups),
                Set.of(Facts.groups(instance.name(), instance.securityGroups())),
                Set.of(Facts.groups(instance.name(), groups)),
                Set.of("instances." + instance.name() + ".security_groups"),
                Set.of(),
                1);
    }

    private Asked clusterGroups(Cluster cluster, List<String> groups) {
        var names = new ArrayList<>(cluster.instances());
        names.add(cluster.name());
        Set<String> gone = new TreeSet<>();
        Set<String> come = new TreeSet<>();
        names.forEach(name -> gone.add(Facts.groups(name, cluster.securityGroups())));
        names.forEach(name -> come.add(Facts.groups(name, groups)));
        return new Asked(
                new IntendedChange.SetClusterGroups(cluster.name(), groups),
                gone,
                come,
                Set.of("clusters." + cluster.name() + ".security_groups"),
                Set.of(),
                1);
    }

    private Optional<Asked> other() {
        if (random.nextBoolean()) {
            return Optional.of(addListOrCluster());
        }
        if (random.nextBoolean()) {
            return maybe(policy.clusters().values()).map(this::removeCluster);
        }
        int port = 1 + random.nextInt(65535);
        return maybe(policy.clusters().values())
                .map(cluster -> new Asked(
                        new IntendedChange.SetClusterPort(cluster.name(), port),
                        Set.of(Facts.port(cluster.name(), 0)),
                        Set.of(Facts.port(cluster.name(), port)),
                        Set.of(),
                        Set.of(),
                        1));
    }

    private Asked removeCluster(Cluster cluster) {
        Set<String> gone = new TreeSet<>(Facts.of(policy));
        gone.removeIf(fact -> !fact.startsWith(cluster.name() + " ")
                && !fact.startsWith(cluster.name() + "-")
                && !fact.startsWith("cluster " + cluster.name() + " ")
                && !fact.startsWith("instance " + cluster.name() + "-"));
        return new Asked(
                new IntendedChange.RemoveCluster(cluster.name()),
                gone,
                Set.of(),
                Set.of("clusters." + cluster.name()),
                Set.of(),
                1);
    }

    private Asked addListOrCluster() {
        if (random.nextBoolean()) {
            var entries = List.of(new ListEntry(range(), ""));
            var change = new IntendedChange.AddList("pl-new", text(), tags(), OptionalInt.of(5), entries);
            Set<String> come = Set.of(
                    "list pl-new",
                    Facts.text("pl-new", "name", change.name()),
                    Facts.text("pl-new", "description", ""),
                    Facts.tags("pl-new", change.tags()),
                    Facts.most("pl-new", 5),
                    Facts.entries("pl-new", entries));
            return new Asked(change, Set.of(), come, Set.of(), Set.of(), 1);
        }
        var change = new IntendedChange.AddCluster("db-new", someGroups(), tags(), OptionalInt.empty(), "aurora-mysql");
        Set<String> come = Set.of(
                "cluster db-new [] aurora-mysql",
                Facts.groups("db-new", change.groups()),
                Facts.tags("db-new", change.tags()),
                Facts.port("db-new", 0),
                Facts.mode("db-new", InstanceMode.ENFORCE));
        return new Asked(change, Set.of(), come, Set.of(), Set.of(), 1);
    }
}
