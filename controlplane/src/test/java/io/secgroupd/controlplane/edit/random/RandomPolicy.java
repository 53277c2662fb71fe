package io.secgroupd.controlplane.edit.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The trees of the files of a random policy, the first file first. */
final class RandomPolicy {

    /** One that has come, and two that have not. */
    static final List<String> EXPIRIES =
            List.of("2001-02-03T04:05:06Z", "2999-12-31T23:59:59+02:00", "2999-12-31T23:59:59.5-00:30");

    static final List<String> TEXTS = List.of(
            "web",
            "a: b # c",
            "it's \"quoted\" \\ back",
            "ü ñ 😀",
            "true",
            "8",
            "- dash",
            "x, y] }",
            "clients of the web");
    private static final List<String> MODES = List.of("enforce", "observe");

    static final List<String> KEYS = List.of("Name", "team", "cost:center", "true", "a b", "x");

    private final Random random;
    private final List<Tree.Mapping> files = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();
    private int ports = 1000;
    private int address = 1;

    private RandomPolicy(Random random) {
        this.random = random;
    }

    static List<Tree.Mapping> of(Random random) {
        var policy = new RandomPolicy(random);
        policy.fill();
        return policy.files;
    }

    private void fill() {
        Tree.Mapping first = Tree.map().put("version", Tree.word(1));
        first.put("limits", Tree.map().put("rules_per_security_group", Tree.word(1000)));
        files.add(first);
        if (random.nextInt(3) == 0) {
            Tree.Sequence include = Tree.list();
            include.items().add(Tree.word("d/more.yaml"));
            first.put("include", include);
            files.add(Tree.map().put("stale_references", Tree.word("error")));
        }
        int most = random.nextInt(3) == 0 ? 5 : 3; // in long files the editor looks only at a part
        names(lists, "pl-", random.nextInt(most));
        names(groups, "sg-", 1 + random.nextInt(most));
        lists.forEach(id -> section("prefix_lists").put(id, list()));
        groups.forEach(id -> section("security_groups").put(id, group()));
        for (int i = random.nextInt(3); i > 0; i--) {
            section("instances").put("app-" + i, described(instance(true, MODES)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            section("clusters").put("db-" + i, cluster(i));
        }
        if (random.nextInt(4) == 0) {
            files.get(0).entries().putIfAbsent("instances", Tree.map());
        }
    }

    private static void names(List<String> names, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            names.add(prefix + i);
        }
    }

    private Tree.Mapping section(String key) {
        Tree.Mapping file = files.get(random.nextInt(files.size()));
        return (Tree.Mapping) file.entries().computeIfAbsent(key, none -> Tree.map());
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean half() {
        return random.nextBoolean();
    }

    private Tree.Mapping described(Tree.Mapping map) {
        if (random.nextInt(3) == 0) {
            Tree.Mapping tags = Tree.map();
            for (int i = random.nextInt(3); i >= 0; i--) {
                tags.put(one(KEYS), Tree.text(one(TEXTS)));
            }
            map.put("tags", tags);
        }
        return map;
    }

    private Tree list() {
        Tree.Sequence entries = Tree.list();
        for (int i = random.nextInt(4); i > 0; i--) {
            Tree.Scalar block = Tree.word(block());
            entries.items()
                    .add(half() ? block : Tree.map().put("cidr", block).put("description", Tree.text(one(TEXTS))));
        }
        if (half()) {
            return entries;
        }
        Tree.Mapping map = Tree.map();
        if (half()) {
            map.put("name", Tree.text(one(TEXTS)));
        }
        described(map).put("entries", entries);
        if (half()) {
            map.put("max_entries", Tree.word(100));
        }
        return map;
    }

    private String block() {
        int next = address++;
        return half() ? "10.1." + next + ".0/24" : "2001:db8:" + Integer.toHexString(next) + "::/48";
    }

    private Tree.Mapping group() {
        Tree.Mapping group = Tree.map();
        if (half()) {
            group.put("name", Tree.text(one(TEXTS)));
        }
        if (half()) {
            group.put("inbound", rules("source"));
        }
        if (random.nextInt(3) == 0) {
            group.put("description", Tree.text(one(TEXTS)));
        }
        described(group);
        if (half()) {
            group.put("outbound", rules("destination"));
        }
        return group;
    }

    private Tree.Sequence rules(String peerKey) {
        Tree.Sequence rules = Tree.list();
        for (int i = random.nextInt(4); i > 0; i--) {
            rules.items().add(rule(peerKey));
        }
        return rules;
    }

    /** No two rules overlap: their ports, ICMP codes or protocols are drawn from a counter. */
    private Tree.Mapping rule(String peerKey) {
        int next = ports;
        ports += 20;
        Tree.Mapping rule = Tree.map();
        boolean alone = random.nextInt(4) == 0;
        if (random.nextInt(4) == 0) {
            rule.put("description", Tree.text(one(TEXTS)));
        }
        if (random.nextInt(5) > 0) {
            rule.put("protocol", Tree.word(half() ? "tcp" : "UDP"));
            rule.put("ports", ports(next, alone));
        } else {
            rule.put("protocol", Tree.word("icmp"));
            rule.put("icmp_type", Tree.word(next / 20 % 256));
        }
        rule.put(peerKey, peers(alone));
        if (random.nextInt(4) == 0) {
            rule.put("expires", Tree.word(one(EXPIRIES)));
        }
        if (alone && half()) {
            rule.put("id", Tree.word("sgr-own" + next));
        } else if (random.nextInt(4) == 0) {
            rule.put("description", Tree.text(one(TEXTS)));
        }
        return described(rule);
    }

    private Tree ports(int next, boolean alone) {
        Tree one = Tree.word(half() ? next : next + "-" + (next + 5));
        if (alone && half()) {
            return one;
        }
        Tree.Sequence list = Tree.list();
        list.items().add(one);
        for (int i = alone ? 0 : random.nextInt(3); i > 0; i--) {
            list.items().add(Tree.word(next + 10 + i));
        }
        return list;
    }

    private Tree peers(boolean alone) {
        var all = new ArrayList<>(
                List.of("any", "10.0.0.0/8", "2001:db8::/32", "10.0.0.5-10.0.0.9", "192.0.2.1", "self"));
        all.addAll(lists);
        groups.stream().filter(id -> !id.equals("sg-0")).forEach(all::add);
        Collections.shuffle(all, random);
        if (alone && half()) {
            return Tree.word(all.get(0));
        }
        // A peer whose parts are shown is alone: otherwise another one could be shown as the same part.
        Tree.Sequence list = Tree.list();
        all.subList(0, alone ? 1 : 1 + random.nextInt(3))
                .forEach(peer -> list.items().add(Tree.word(peer)));
        return list;
    }

    private Tree.Mapping instance(boolean ofItsOwn, List<String> modes) {
        Tree.Mapping instance = Tree.map();
        Tree.Sequence addresses = Tree.list();
        addresses.items().add(Tree.word("10.9.0." + address++));
        instance.put("addresses", addresses);
        if (ofItsOwn && half()) {
            instance.put("security_groups", someGroups());
        }
        if (random.nextInt(3) == 0) {
            instance.put("mode", Tree.word(one(modes)));
        }
        return instance;
    }

    private Tree.Sequence someGroups() {
        var shuffled = new ArrayList<>(groups);
        Collections.shuffle(shuffled, random);
        Tree.Sequence list = Tree.list();
        shuffled.subList(0, random.nextInt(groups.size() + 1))
                .forEach(id -> list.items().add(Tree.word(id)));
        return list;
    }

    private Tree.Mapping cluster(int number) {
        Tree.Mapping cluster = Tree.map();
        if (half()) {
            cluster.put("security_groups", someGroups());
        }
        String mode = one(MODES);
        boolean observes = mode.equals("observe");
        if (observes || random.nextInt(3) == 0) {
            cluster.put("mode", Tree.word(mode));
        }
        if (half()) {
            List<String> modes = observes ? List.of(mode) : MODES;
            cluster.put("instances", Tree.map().put("db-" + number + "-1", instance(false, modes)));
        }
        return described(cluster);
    }
}
