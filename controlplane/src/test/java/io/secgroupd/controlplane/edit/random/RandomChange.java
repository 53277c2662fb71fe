package io.secgroupd.controlplane.edit.random;

import io.secgroupd.controlplane.edit.change.Change;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleTerms;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A change that a policy allows, with what has to come of it, found without any of the editor's own reckoning. */
final class RandomChange {

    private final Random random;
    private final Policy policy;

    private RandomChange(Random random, Policy policy) {
        this.random = random;
        this.policy = policy;
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
        return switch (random.nextInt(17)) {
            case 0, 1, 2, 3 -> rule().map(this::removeRule);
            case 4, 5 -> rule().map(this::replaceRule);
            case 6, 7 -> maybe(policy.securityGroups().values()).map(this::addRules);
            case 8 -> Optional.of(addGroup());
            case 9 -> removeGroup();
            case 10 -> maybe(policy.securityGroups().values()).map(this::describeGroup);
            case 11 -> setTags();
            case 12 -> list().map(this::addEntries);
            case 13 -> list().flatMap(this::removeEntry);
            case 14 -> list().map(this::describeList);
            case 15 -> member();
            default -> other();
        };
    }

    private <T> T one(Collection<T> all) {
        return List.copyOf(all).get(random.nextInt(all.size()));
    }

    private <T> Optional<T> maybe(Collection<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(one(all));
    }

    private String text() {
        return one(RandomPolicy.TEXTS);
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.put(one(RandomPolicy.KEYS), text());
        }
        return tags;
    }

    private Optional<PrefixList> list() {
        return maybe(policy.prefixLists().values());
    }

    private Optional<ShownRule> rule() {
        return maybe(policy.securityGroups().values().stream()
                .flatMap(group -> List.of(Direction.values()).stream().flatMap(side -> group.rules(side).stream()))
                .flatMap(rule -> ShownRule.of(rule).stream())
                .toList());
    }

    private Asked removeRule(ShownRule rule) {
        String group = rule.of().group();
        return new Asked(
                new Change.RemoveRule(group, rule.direction(), rule.key()),
                Set.of(Facts.rule(group, rule)),
                Set.of(),
                Set.of(rule.of().path()),
                Set.of(),
                1);
    }

    private Asked replaceRule(ShownRule rule) {
        String group = rule.of().group();
        RuleTerms terms =
                random.nextInt(3) == 0 ? new RuleTerms(rule.key(), text(), tags(), Optional.empty()) : terms();
        var change = new Change.ReplaceRule(group, rule.direction(), rule.key(), rule.id(), terms);
        String come = Facts.rule(group, rule.direction(), terms.key(), rule.id(), terms.description(), terms.tags());
        return new Asked(
                change,
                Set.of(Facts.rule(group, rule)),
                Set.of(come),
                Set.of(rule.of().path()),
                Set.of(),
                1);
    }

    /** A rule that no generated policy has. */
    private RuleTerms terms() {
        boolean tcp = random.nextBoolean();
        var key = new RuleKey(
                tcp ? Protocol.TCP : random.nextBoolean() ? Protocol.ICMP : new Protocol(47),
                tcp ? PortRange.of(20000 + random.nextInt(40000)) : PortRange.ALL,
                IcmpMatch.ANY,
                peer());
        return new RuleTerms(key, random.nextBoolean() ? "" : text(), tags(), Optional.empty());
    }

    private Peer peer() {
        return switch (random.nextInt(4)) {
            case 0 -> new Peer.Group(one(policy.securityGroups().keySet()));
            case 1 ->
                new Peer.Addresses(Prefix.containing(IpAddress.ipv6(0x20010db800ffL << 16, 0), 64)
                        .range());
            default -> new Peer.Addresses(range());
        };
    }

    private AddressRange range() {
        return Prefix.containing(IpAddress.ipv4(0xac100000 + random.nextInt(1 << 20)), 24 + random.nextInt(9))
                .range();
    }

    private Asked addRules(SecurityGroup group) {
        Direction direction = one(List.of(Direction.values()));
        var rules = new ArrayList<RuleTerms>();
        Set<String> come = new TreeSet<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            RuleTerms terms = terms();
            String id = RuleTerms.derivedId(group.id(), direction, terms.key());
            if (rules.stream().noneMatch(other -> other.key().equals(terms.key()))) {
                rules.add(terms);
                come.add(Facts.rule(group.id(), direction, terms.key(), id, terms.description(), terms.tags()));
            }
        }
        return new Asked(new Change.AddRules(group.id(), direction, rules), Set.of(), come, Set.of(), Set.of(), 1);
    }

    private Asked addGroup() {
        var change = new Change.AddGroup("sg-new", text(), random.nextBoolean() ? "" : text(), tags());
        Set<String> come = new TreeSet<>(Set.of(
                "group sg-new",
                Facts.text("sg-new", "name", change.name()),
                Facts.text("sg-new", "description", change.description()),
                Facts.tags("sg-new", change.tags())));
        for (String prefix : List.of("0.0.0.0/0", "::/0")) {
            var key = new RuleKey(Protocol.ALL, PortRange.ALL, IcmpMatch.ANY, new Peer.Addresses(all(prefix)));
            String id = RuleTerms.derivedId("sg-new", Direction.EGRESS, key);
            come.add(Facts.rule("sg-new", Direction.EGRESS, key, id, "", Map.of()));
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
                        new Change.RemoveGroup(group.id()),
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
                name ? new Change.SetName(element, text) : new Change.SetDescription(element, text),
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
                new Change.SetTags(element, tags),
                gone,
                Set.of(Facts.tags(id, tags)),
                Set.of(path + ".tags"),
                element.kind() == Element.Kind.LIST ? Set.of(path) : Set.of(),
                1);
    }

    private Asked addEntries(PrefixList list) {
        List<ListEntry> before = list.written().orElseThrow().stream().toList();
        List<ListEntry> more = List.of(new ListEntry(range(), random.nextBoolean() ? "" : text()));
        var after = new ArrayList<>(before);
        after.addAll(more);
        return new Asked(
                new Change.AddEntries(list.id(), more),
                Set.of(Facts.entries(list.id(), before)),
                Set.of(Facts.entries(list.id(), after)),
                Set.of(),
                Set.of(),
                1);
    }

    private Optional<Asked> removeEntry(PrefixList list) {
        List<ListEntry> before = list.written().orElseThrow().stream().toList();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        int index = random.nextInt(before.size());
        var after = new ArrayList<>(before);
        ListEntry removed = after.remove(index);
        String path = "prefix_lists." + list.id();
        return Optional.of(new Asked(
                new Change.RemoveEntries(list.id(), List.of(removed.range())),
                Set.of(Facts.entries(list.id(), before)),
                Set.of(Facts.entries(list.id(), after)),
                Set.of(path + "[" + index + "]", path + ".entries[" + index + "]"),
                Set.of(),
                1));
    }

    private Asked describeList(PrefixList list) {
        String path = "prefix_lists." + list.id();
        if (random.nextBoolean()) {
            int most = 50 + random.nextInt(100);
            return new Asked(
                    new Change.SetMaxEntries(list.id(), most),
                    Set.of(Facts.most(list.id(), list.maxEntries().orElse(0))),
                    Set.of(Facts.most(list.id(), most)),
                    Set.of(path + ".max_entries"),
                    Set.of(path),
                    1);
        }
        String text = text();
        return new Asked(
                new Change.SetName(Element.list(list.id()), text),
                Set.of(Facts.text(list.id(), "name", list.name())),
                Set.of(Facts.text(list.id(), "name", text)),
                Set.of(path + ".name"),
                Set.of(path),
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
                new Change.SetInstanceGroups(instance.name(), groups),
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
                new Change.SetClusterGroups(cluster.name(), groups),
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
                        new Change.SetClusterPort(cluster.name(), port),
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
                new Change.RemoveCluster(cluster.name()),
                gone,
                Set.of(),
                Set.of("clusters." + cluster.name()),
                Set.of(),
                1);
    }

    private Asked addListOrCluster() {
        if (random.nextBoolean()) {
            var entries = List.of(new ListEntry(range(), ""));
            var change = new Change.AddList("pl-new", text(), tags(), OptionalInt.of(5), entries);
            Set<String> come = Set.of(
                    "list pl-new",
                    Facts.text("pl-new", "name", change.name()),
                    Facts.text("pl-new", "description", ""),
                    Facts.tags("pl-new", change.tags()),
                    Facts.most("pl-new", 5),
                    Facts.entries("pl-new", entries));
            return new Asked(change, Set.of(), come, Set.of(), Set.of(), 1);
        }
        var change = new Change.AddCluster("db-new", someGroups(), tags(), OptionalInt.empty(), "aurora-mysql");
        Set<String> come = Set.of(
                "cluster db-new [] aurora-mysql",
                Facts.groups("db-new", change.groups()),
                Facts.tags("db-new", change.tags()),
                Facts.port("db-new", 0));
        return new Asked(change, Set.of(), come, Set.of(), Set.of(), 1);
    }
}
