package io.secgroupd.controlplane.console.map;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Policies of a few groups, lists and instances in a universe of a few addresses, where everything overlaps. */
final class SmallPolicies {

    private static final List<String> SERVICES = List.of(
            "protocol: tcp, ports: 1",
            "protocol: tcp, ports: 2-3",
            "protocol: tcp, ports: 1-2",
            "protocol: tcp, ports: all",
            "protocol: udp, ports: 1",
            "protocol: icmp",
            "protocol: icmp, icmp_type: 8",
            "protocol: icmp, icmp_type: 8, icmp_code: 1",
            "protocol: icmpv6",
            "protocol: 47",
            "protocol: 1",
            "protocol: all");
    private static final List<String> BLOCKS = List.of(
            "any",
            "10.0.0.0/30",
            "10.0.0.4/31",
            "10.0.0.1",
            "10.0.0.2",
            "10.0.0.1-10.0.0.3",
            "10.0.0.0/29",
            "2001:db8::/126",
            "2001:db8::1");

    private final Random random;
    private final int groups;
    private final int lists;

    private SmallPolicies(Random random) {
        this.random = random;
        this.groups = 1 + random.nextInt(4);
        this.lists = random.nextInt(3);
    }

    static String of(long seed) {
        return new SmallPolicies(new Random(seed)).text();
    }

    private String text() {
        var text = new StringBuilder("version: 1\nprefix_lists:\n  pl-none: []\n");
        for (int i = 0; i < lists; i++) {
            text.append("  pl-").append(i).append(": [").append(one(BLOCKS.subList(1, BLOCKS.size())));
            text.append("]\n");
        }
        text.append("security_groups:\n");
        for (int i = 0; i < groups; i++) {
            text.append("  sg-").append(i).append(":\n    name: g\n");
            text.append(rules("inbound", "source"));
            text.append(random.nextInt(3) == 0 ? "" : rules("outbound", "destination"));
        }
        text.append("instances:\n");
        List<String> addresses = addresses();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append("  i-").append(i).append(": {addresses: [");
            text.append(String.join(", ", addresses.subList(3 * i, 3 * i + random.nextInt(4))));
            text.append("], security_groups: [")
                    .append(String.join(", ", someGroups()))
                    .append("]}\n");
        }
        return text.toString();
    }

    private List<String> addresses() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            all.add("10.0.0." + i);
            all.add("\"2001:db8::" + i + '"');
        }
        Collections.shuffle(all, random);
        return all;
    }

    private List<String> someGroups() {
        var some = new ArrayList<String>();
        for (int i = 0; i < groups; i++) {
            if (random.nextBoolean()) {
                some.add("sg-" + i);
            }
        }
        return some;
    }

    private String rules(String key, String peer) {
        var items = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add("{" + one(SERVICES) + ", " + peer + ": \"" + peer() + "\"}");
        }
        return "    " + key + ": [" + String.join(", ", items) + "]\n";
    }

    private String peer() {
        return switch (random.nextInt(4)) {
            case 0 -> one(BLOCKS);
            case 1 -> lists == 0 ? "pl-none" : "pl-" + random.nextInt(lists);
            default -> "sg-" + random.nextInt(groups);
        };
    }

    private String one(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
