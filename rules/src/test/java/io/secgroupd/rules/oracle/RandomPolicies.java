package io.secgroupd.rules.oracle;

import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Policies of all words. Addresses come from a few neighbourhoods, so that peers overlap, touch and nest: around
 * 10.0.0.0, around its IPv4-mapped twin, in 2001:db8::/32 and at both ends of both families.
 */
public final class RandomPolicies {

    private static final IpAddress[] NEIGHBOURHOODS = {
        IpAddress.ipv4(0x0a000000),
        IpAddress.ipv4(0x0a000000),
        IpAddress.ipv4(0x7fffffc0), // where a signed comparison goes wrong
        IpAddress.ipv4(0),
        IpAddress.ipv4(-64),
        IpAddress.ipv6(0x20010db800000000L, 0),
        IpAddress.ipv6(0x20010db87fffffffL, -64),
        IpAddress.ipv6(0, 0),
        IpAddress.ipv6(0, 0xffff0a000000L),
        IpAddress.ipv6(-1, -64),
    };
    private static final int[] PORTS = {0, 1, 21, 22, 23, 80, 443, 444, 8000, 8080, 65534, 65535};
    private static final int[] ICMP = {0, 1, 3, 8, 128, 129, 254, 255};
    private static final int[] OTHER_PROTOCOLS = {0, 2, 47, 50, 132, 255};

    private final Random random;
    private final PolicyBuilder builder = new PolicyBuilder();
    private final List<String> groups = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();
    private final Set<IpAddress> taken = new LinkedHashSet<>();

    private RandomPolicies(Random random) {
        this.random = random;
    }

    /**
     * Makes one.
     *
     * @param size at least 1: about how many lists, groups and instances, and how many rules a group has
     */
    public static Policy of(Random random, int size) {
        var policies = new RandomPolicies(random);
        policies.lists(size);
        policies.groups(size);
        policies.instances(size);
        return policies.builder.build();
    }

    /** The same policy, of whose instances about half only observe. */
    public static Policy someObserving(Random random, Policy policy) {
        return policy.withInstances(instance -> random.nextBoolean() ? instance : instance.with(InstanceMode.OBSERVE));
    }

    private void lists(int size) {
        for (int i = 0; i < size / 2 + 1; i++) {
            // One list in four is long: its table is not merged with others.
            int entries = random.nextInt(4) == 0 ? 40 * size : random.nextInt(2 * size + 1);
            var ranges = new ArrayList<AddressRange>();
            for (int entry = 0; entry < entries; entry++) {
                ranges.add(range(random));
            }
            lists.add("pl-" + i);
            builder.list("pl-" + i, AddressSet.of(ranges));
        }
    }

    private void groups(int size) {
        for (int i = 0; i < size; i++) {
            groups.add("sg-" + i);
            builder.group("sg-" + i);
        }
        for (String group : groups) {
            for (Direction direction : Direction.values()) {
                int rules = random.nextInt(4 * size + 1);
                for (int rule = 0; rule < rules; rule++) {
                    rule(group, direction);
                }
            }
        }
    }

    private void rule(String group, Direction direction) {
        PortRange ports = PortRange.ALL;
        IcmpMatch icmp = IcmpMatch.ANY;
        Protocol protocol;
        switch (random.nextInt(8)) {
            case 0 -> protocol = Protocol.ALL;
            case 1 -> protocol = new Protocol(OTHER_PROTOCOLS[random.nextInt(OTHER_PROTOCOLS.length)]);
            case 2, 3 -> {
                protocol = random.nextBoolean() ? Protocol.ICMP : Protocol.ICMPV6;
                icmp = icmp();
            }
            case 4 -> {
                protocol = Protocol.UDP;
                ports = ports();
            }
            default -> {
                protocol = Protocol.TCP;
                ports = ports();
            }
        }
        builder.rule(group, direction, protocol, ports, icmp, peer(group));
    }

    private IcmpMatch icmp() {
        return switch (random.nextInt(3)) {
            case 0 -> IcmpMatch.ANY;
            case 1 -> new IcmpMatch(icmpNumber(random), IcmpMatch.ANY_VALUE);
            default -> new IcmpMatch(icmpNumber(random), icmpNumber(random));
        };
    }

    private PortRange ports() {
        int one = port(random);
        int other = random.nextInt(3) == 0 ? one : port(random);
        return random.nextInt(8) == 0 ? PortRange.ALL : new PortRange(Math.min(one, other), Math.max(one, other));
    }

    private Peer peer(String group) {
        return switch (random.nextInt(8)) {
            case 0 -> Peer.Any.ANY;
            case 1 -> new Peer.Group(group);
            case 2, 3 -> new Peer.Group(groups.get(random.nextInt(groups.size())));
            case 4, 5 -> new Peer.List(lists.get(random.nextInt(lists.size())));
            default -> new Peer.Addresses(range(random));
        };
    }

    private void instances(int size) {
        for (int i = 0; i < size + 1; i++) {
            var addresses = new ArrayList<IpAddress>();
            for (int n = random.nextInt(4); n > 0; n--) {
                IpAddress address = address(random);
                if (taken.add(address)) {
                    addresses.add(address);
                }
            }
            var shuffled = new ArrayList<>(groups);
            Collections.shuffle(shuffled, random);
            builder.instance("i-" + i, addresses, shuffled.subList(0, random.nextInt(groups.size() + 1)));
        }
    }

    static int port(Random random) {
        int near = PORTS[random.nextInt(PORTS.length)] + random.nextInt(3) - 1;
        return Math.min(PortRange.MAX_PORT, Math.max(0, near));
    }

    static int icmpNumber(Random random) {
        return ICMP[random.nextInt(ICMP.length)];
    }

    static IpAddress address(Random random) {
        IpAddress base = NEIGHBOURHOODS[random.nextInt(NEIGHBOURHOODS.length)];
        return new IpAddress(base.family(), base.high(), base.low() + random.nextInt(64));
    }

    /** An address, a prefix of any length, or a short range. */
    static AddressRange range(Random random) {
        IpAddress one = address(random);
        return switch (random.nextInt(4)) {
            case 0 -> AddressRange.of(one);
            case 1 -> new AddressRange(one, new IpAddress(one.family(), one.high(), one.low() | random.nextInt(64)));
            default ->
                Prefix.containing(one, length(random, one.family().bits())).range();
        };
    }

    /** Long prefixes stay in the neighbourhood; a few short ones swallow it. */
    private static int length(Random random, int bits) {
        return random.nextInt(6) == 0 ? random.nextInt(bits + 1) : bits - random.nextInt(7);
    }
}
