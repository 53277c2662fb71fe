package io.secgroupd.rules.written;

import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts of sound rules files with most words of the language, as people write them: ports and peers alone and in lists,
 * protocols by name and number, blocks in several spellings, clusters, instances that observe, rules that have expired. Each
 * entry of a group is on a line of its own, and its description is its name.
 */
public final class RandomRulesFile {

    private static final String IN_FORCE = "2099-01-01T00:00:00Z";
    private static final String OVER = "2001-01-01T02:00:00+02:00";
    private static final List<String> OTHER_PROTOCOLS = List.of("0", "2", "47", "50", "132", "253", "255");
    private static final List<Integer> ICMP = List.of(0, 3, 8, 13, 128, 139, 254, 255);

    private final Random random;
    private final Places places;
    private final int size;
    private final boolean ending;
    private final StringBuilder text = new StringBuilder();
    private final Set<IpAddress> taken = new HashSet<>();
    private final Set<IpAddress> reserved;
    private final List<String> groups;
    private final List<String> lists;
    private int entries;

    private RandomRulesFile(Random random, Places places, int size, boolean ending) {
        this.random = random;
        this.places = places;
        this.size = size;
        this.ending = ending;
        this.groups = IntStream.range(0, size).mapToObj(i -> "sg-" + i).toList();
        this.lists = IntStream.range(0, size / 2 + 1).mapToObj(i -> "pl-" + i).toList();
        this.reserved = new HashSet<>(places.carried());
        taken.addAll(reserved);
    }

    /**
     * Makes one.
     *
     * @param size   from 1 to 8: how many groups there are, and about how many of the rest
     * @param ending whether some of its rules have an end, which has come or has not
     */
    public static String of(Random random, Places places, int size, boolean ending) {
        var file = new RandomRulesFile(random, places, size, ending);
        file.line("version: 1");
        file.line("limits: { rules_per_security_group: 1000, security_groups_per_instance: 16 }");
        file.prefixLists();
        file.securityGroups();
        file.instances();
        return file.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void prefixLists() {
        line("prefix_lists:");
        for (String list : lists) {
            List<String> blocks = blocks(1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3));
            line("  " + list + ": "
                    + switch (random.nextInt(3)) {
                        case 0 -> blocks;
                        case 1 -> "{ entries: " + described(blocks) + " }";
                        default -> "{ entries: " + blocks + ", except: " + blocks(2) + ", allow_empty: true }";
                    });
        }
    }

    private List<String> described(List<String> blocks) {
        return blocks.stream()
                .map(block -> random.nextBoolean() ? block : "{ cidr: " + block + ", description: one of them }")
                .toList();
    }

    private List<String> blocks(int count) {
        return Stream.generate(() -> quoted(AddressSpelling.block(places, random)))
                .limit(count)
                .toList();
    }

    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private void securityGroups() {
        line("security_groups:");
        for (String group : groups) {
            line("  " + group + ":");
            line("    description: one of " + size);
            rules("inbound", "source");
            if (random.nextInt(4) > 0) {
                rules("outbound", "destination");
            }
        }
    }

    private void rules(String key, String peerKey) {
        int count = random.nextInt(3 * size + 1);
        line("    " + key + ":" + (count == 0 ? " []" : ""));
        for (int i = 0; i < count; i++) {
            String end =
                    !ending || random.nextInt(4) > 0 ? "" : ", expires: " + (random.nextBoolean() ? OVER : IN_FORCE);
            line("      - { " + service() + ", " + peerKey + ": " + some(this::peer) + ", description: r" + entries++
                    + end + " }");
        }
    }

    private String service() {
        return switch (random.nextInt(8)) {
            case 0 -> "protocol: " + pick(List.of("all", "-1"));
            case 1 -> "protocol: " + pick(OTHER_PROTOCOLS);
            case 2 -> "protocol: " + pick(List.of("icmp", "1")) + icmp();
            case 3 -> "protocol: " + pick(List.of("icmpv6", "58")) + icmp();
            case 4 -> "protocol: " + pick(List.of("udp", "17")) + ", ports: " + some(this::ports);
            default -> "protocol: " + pick(List.of("tcp", "6")) + ", ports: " + some(this::ports);
        };
    }

    private String icmp() {
        return switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> ", icmp_type: " + pick(ICMP);
            default -> ", icmp_type: " + pick(ICMP) + ", icmp_code: " + pick(ICMP);
        };
    }

    private String ports() {
        int one = places.port(random);
        int other = places.port(random);
        return switch (random.nextInt(6)) {
            case 0 -> "all";
            case 1, 2 -> quoted(Math.min(one, other) + "-" + Math.max(one, other));
            default -> String.valueOf(one);
        };
    }

    private String peer() {
        return switch (random.nextInt(9)) {
            case 0 -> "any";
            case 1 -> "self";
            case 2, 3 -> pick(groups);
            case 4, 5 -> pick(lists);
            default -> quoted(AddressSpelling.block(places, random));
        };
    }

    /** One value, or a list of some. */
    private String some(Supplier<String> one) {
        return random.nextInt(3) > 0
                ? one.get()
                : Stream.generate(one).limit(1 + random.nextInt(3)).toList().toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** The first ones are no cluster's: a host is told their names. */
    private void instances() {
        line("instances:");
        for (int i = 0; i < Places.FIRST + size / 2; i++) {
            line("  i-" + i + ": { " + addresses(i < Places.FIRST) + ", security_groups: " + someGroups() + mode()
                    + " }");
        }
        line("clusters:");
        line("  c-0:");
        line("    security_groups: " + someGroups());
        line("    instances:");
        for (int i = 0; i < 1 + size / 2; i++) {
            line("      c-0-" + i + ": { " + addresses(false) + mode() + " }");
        }
    }

    private String mode() {
        return random.nextInt(8) == 0 ? ", mode: observe" : "";
    }

    private List<String> someGroups() {
        var shuffled = new ArrayList<>(groups);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, random.nextInt(groups.size() + 1));
    }

    private String addresses(boolean first) {
        boolean local = first && !places.carried().isEmpty();
        return Stream.generate(() -> local ? pick(places.carried()) : places.address(random))
                .limit(random.nextInt(4) + (local ? 1 : 0))
                .filter(local ? reserved::remove : taken::add)
                .map(address -> quoted(AddressSpelling.of(address, random)))
                .collect(Collectors.joining(", ", "addresses: [", "]"));
    }
}
