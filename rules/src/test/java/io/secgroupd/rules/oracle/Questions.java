package io.secgroupd.rules.oracle;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Flows where a policy is likely to be misread: at the first and last address, port and ICMP code of a rule, and one beside. */
public final class Questions {

    private static final int[] PROTOCOLS = {6, 6, 6, 17, 1, 58, 47, 132, 0, 255};

    private final Random random;
    private final Pool ipv4 = Pool.of(Family.IPV4);
    private final Pool ipv6 = Pool.of(Family.IPV6);
    private final List<Rule> rules = new ArrayList<>();

    public Questions(Random random, Policy policy) {
        this.random = random;
        for (Instance instance : policy.instances().values()) {
            for (IpAddress address : instance.addresses()) {
                pool(address.family()).instances().add(address);
                edges(AddressRange.of(address));
            }
        }
        policy.prefixLists().values().forEach(list -> list.entries().stream().forEach(this::edges));
        policy.securityGroups().values().forEach(group -> {
            for (Direction direction : Direction.values()) {
                rules.addAll(group.rules(direction));
            }
        });
        for (Rule rule : rules) {
            if (rule.peer() instanceof Peer.Addresses peer) {
                edges(peer.range());
            }
        }
    }

    private void edges(AddressRange range) {
        List<IpAddress> known = pool(range.family()).edges();
        known.add(range.first());
        known.add(range.last());
        if (!range.first().equals(IpAddress.lowest(range.family()))) {
            known.add(range.first().previous());
        }
        if (!range.last().equals(IpAddress.highest(range.family()))) {
            known.add(range.last().next());
        }
    }

    /** One end is an instance, nine times in ten: otherwise there is little to judge. */
    public FlowTuple next() {
        Pool pool = random.nextBoolean() ? ipv4 : ipv6;
        IpAddress one = pool.any(random, random.nextInt(10) > 0);
        IpAddress other = pool.any(random, random.nextInt(3) == 0);
        boolean turned = random.nextBoolean();
        return service(turned ? other : one, turned ? one : other);
    }

    /** Addresses that flows come from and go to and that no instance lists, most of them. */
    public List<IpAddress> strangers() {
        return Stream.concat(ipv4.edges().stream(), ipv6.edges().stream())
                .distinct()
                .toList();
    }

    private Pool pool(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }

    private FlowTuple service(IpAddress source, IpAddress destination) {
        if (rules.isEmpty() || random.nextInt(4) == 0) {
            return flow(source, destination, PROTOCOLS[random.nextInt(PROTOCOLS.length)], RandomPolicies.port(random));
        }
        Rule rule = rules.get(random.nextInt(rules.size()));
        int protocol = rule.protocol().number() < 0
                ? random.nextInt(256)
                : rule.protocol().number();
        return flow(source, destination, protocol, edge(rule.selectors()));
    }

    private int edge(PortRange range) {
        int edge = (random.nextBoolean() ? range.first() : range.last()) + random.nextInt(3) - 1;
        return Math.min(PortRange.MAX_PORT, Math.max(0, edge));
    }

    /** A packet as the decoder would give it: no type and code where the protocol is not the ICMP of its family. */
    private static FlowTuple flow(IpAddress source, IpAddress destination, int protocol, int selector) {
        int icmp = source.family() == Family.IPV4 ? 1 : 58;
        if (protocol == icmp) {
            return new FlowTuple(source, destination, protocol, 0, 0, selector >>> 8, selector & 0xff);
        }
        boolean ports = protocol == 6 || protocol == 17 || protocol == 132;
        return FlowTuple.ofPorts(source, destination, protocol, ports ? selector : 0);
    }

    /** The addresses of one family to ask for. */
    private record Pool(List<IpAddress> edges, List<IpAddress> instances) {
        static Pool of(Family family) {
            return new Pool(
                    new ArrayList<>(List.of(IpAddress.lowest(family), IpAddress.highest(family))), new ArrayList<>());
        }

        IpAddress any(Random random, boolean instance) {
            List<IpAddress> list = instance && !instances.isEmpty() ? instances : edges;
            return list.get(random.nextInt(list.size()));
        }
    }
}
