package io.secgroupd.rules.invariant;

import io.secgroupd.rules.model.FlowEnd;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Policies whose every edge lies between two addresses or services of a short list, so that what holds for the list holds for
 * everything. The list has one address of each family that no rule and no invariant singles out, and one such port.
 */
final class SmallUniverse {

    private static final List<String> SERVICES = List.of(
            "tcp all",
            "tcp 0-1",
            "tcp 1-2",
            "tcp 2",
            "udp 1-65535",
            "udp 0",
            "icmp",
            "icmp 8",
            "icmpv6 128/0",
            "all",
            "47");
    private static final List<String> BLOCKS = List.of(
            "any",
            "0.0.0.0/0",
            "10.0.0.0/30",
            "10.0.0.2-10.0.0.4",
            "10.0.0.3",
            "10.0.0.4/31",
            "fd00::/127",
            "fd00::1",
            "::/0",
            "pl-x",
            "sg-a",
            "sg-b",
            "sg-c");
    private static final List<String> GROUPS = List.of("sg-a", "sg-b", "sg-c");
    private static final List<String> NAMES = List.of("v4", "dual", "peer", "peer-2", "none");

    private static final List<IpAddress> ADDRESSES = Stream.of(
                    "10.0.0.0",
                    "10.0.0.1",
                    "10.0.0.2",
                    "10.0.0.3",
                    "10.0.0.4",
                    "10.0.0.5",
                    "192.0.2.1",
                    "192.0.2.2",
                    "203.0.113.9",
                    "fd00::",
                    "fd00::1",
                    "fd00::2",
                    "fd00::9")
            .map(PolicyBuilder::address)
            .toList();
    private static final int[] PORTS = {0, 1, 2, 3};
    private static final int[] ICMP = {8 << 8, 128 << 8, 128 << 8 | 1, 3 << 8};

    private final Random random;

    SmallUniverse(Random random) {
        this.random = random;
    }

    /** A policy with a few rules and a few invariants. */
    Policy policy() {
        var policy = new PolicyBuilder().list("pl-x", "10.0.0.1", "10.0.0.4/31", "fd00::2");
        for (String group : GROUPS) {
            policy.group(group);
            for (int i = rules(); i > 0; i--) {
                policy.in(group, pick(SERVICES), pick(BLOCKS));
            }
            for (int i = rules(); i > 0; i--) {
                policy.out(group, pick(SERVICES), pick(BLOCKS));
            }
        }
        policy.instance("v4", List.of("192.0.2.1"), groups());
        policy.instance("dual", List.of("192.0.2.2", "fd00::2", "10.0.0.5"), groups());
        List<String> ofCluster = List.of(groups());
        policy.clustered("all-peers", ofCluster, "peer", "10.0.0.3", "fd00::1");
        policy.clustered("all-peers", ofCluster, "peer-2", "10.0.0.4");
        policy.instance("none", List.of(), groups());
        NAMES.stream().filter(name -> random.nextInt(4) == 0).forEach(policy::observing);
        for (int i = 0; i < 3; i++) {
            invariant(policy);
        }
        return policy.build();
    }

    /** Mostly few, so that a promise has a chance to hold. */
    private int rules() {
        return random.nextInt(random.nextInt(3) > 0 ? 3 : 9);
    }

    private void invariant(PolicyBuilder policy) {
        Invariant.Kind kind = random.nextBoolean() ? Invariant.Kind.NEVER : Invariant.Kind.ONLY;
        Protocol protocol = Protocol.parse(pick(List.of("tcp", "udp", "icmp", "icmpv6", "all", "47")))
                .orElseThrow();
        PortRange[] ports = protocol.hasPorts() && random.nextInt(4) > 0 ? ports() : new PortRange[] {PortRange.ALL};
        policy.invariant("", kind, ends(), ends(), protocol, ports);
    }

    private PortRange[] ports() {
        PortRange one = PortRange.of(random.nextInt(3));
        return random.nextBoolean() ? new PortRange[] {one} : new PortRange[] {one, new PortRange(1, 2)};
    }

    private List<FlowEnd> ends() {
        var ends = new ArrayList<FlowEnd>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            ends.add(end());
        }
        return ends;
    }

    private FlowEnd end() {
        return switch (random.nextInt(4)) {
            case 0 -> new FlowEnd.OfInstance(pick(NAMES));
            case 1 -> new FlowEnd.OfCluster("all-peers");
            default -> new FlowEnd.OfPeer(PolicyBuilder.peer(pick(BLOCKS)));
        };
    }

    private String[] groups() {
        return GROUPS.stream().filter(group -> random.nextBoolean()).toArray(String[]::new);
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    /** Every flow of the universe that breaks an invariant if it is accepted, as the words of the file say it. */
    static Stream<FlowTuple> flows(Policy policy, Invariant invariant) {
        boolean only = invariant.kind() == Invariant.Kind.ONLY;
        return ADDRESSES.stream()
                .filter(source -> isIn(policy, invariant.from(), source) != only)
                .flatMap(source -> ADDRESSES.stream()
                        .filter(target -> target.family() == source.family() && !target.equals(source))
                        .filter(target -> isIn(policy, invariant.to(), target))
                        .flatMap(target -> services(source, target)))
                .filter(flow -> isAsked(invariant, flow));
    }

    /** Whether a flow is of an invariant's protocol and ports. */
    static boolean isAsked(Invariant invariant, FlowTuple flow) {
        Protocol protocol = invariant.protocol();
        return (protocol.equals(Protocol.ALL) || protocol.number() == flow.protocol())
                && protocol.existsIn(flow.family())
                && (!protocol.hasPorts()
                        || invariant.ports().stream().anyMatch(range -> range.contains(flow.destinationPort())));
    }

    private static Stream<FlowTuple> services(IpAddress from, IpAddress to) {
        Stream<FlowTuple> ports = Stream.of(6, 17)
                .flatMap(protocol -> IntStream.of(PORTS).mapToObj(port -> FlowTuple.ofPorts(from, to, protocol, port)));
        int icmp = from.family().bits() == 32 ? 1 : 58;
        Stream<FlowTuple> messages = IntStream.of(ICMP)
                .mapToObj(message -> new FlowTuple(from, to, icmp, 0, 0, message >> 8, message & 0xff));
        return Stream.of(ports, messages, Stream.of(47, 99).map(other -> FlowTuple.ofPorts(from, to, other, 0)))
                .flatMap(flows -> flows);
    }

    /** Whether the words of an end mean an address. */
    static boolean isIn(Policy policy, List<FlowEnd> ends, IpAddress address) {
        return ends.stream().anyMatch(end -> isIn(policy, end, address));
    }

    private static boolean isIn(Policy policy, FlowEnd end, IpAddress address) {
        if (end instanceof FlowEnd.OfPeer of) {
            return isIn(policy, of.peer(), address);
        }
        return policy.instances().values().stream()
                .filter(instance -> end instanceof FlowEnd.OfCluster
                        ? instance.cluster().isPresent()
                        : instance.name().equals(end.toString()))
                .anyMatch(instance -> instance.addresses().contains(address));
    }

    private static boolean isIn(Policy policy, Peer peer, IpAddress address) {
        if (peer instanceof Peer.Addresses addresses) {
            return addresses.range().contains(address);
        }
        if (peer instanceof Peer.List) {
            return Objects.requireNonNull(policy.prefixLists().get("pl-x"))
                    .entries()
                    .contains(address);
        }
        return peer instanceof Peer.Any
                || policy.instances().values().stream()
                        .filter(instance -> instance.securityGroups().contains(peer.toString()))
                        .anyMatch(instance -> instance.addresses().contains(address));
    }
}
