package io.secgroupd.rules.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Change;
import io.secgroupd.rules.analyze.InstanceChange;
import io.secgroupd.rules.analyze.SemanticDiff;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Every flow of a universe of 16 IPv4 and 4 IPv6 peers, 8 ports, 8 kinds of ICMP and 2 protocols without either, asked of
 * {@link NaiveEvaluator} before and after: the difference is those flows, and no others.
 */
class SmallUniverseDiffTest {

    private static final List<IpAddress> PEERS = Stream.concat(
                    IntStream.range(0, 16).mapToObj(i -> PolicyBuilder.address("10.0.0." + i)),
                    IntStream.range(0, 4).mapToObj(i -> PolicyBuilder.address("fd00::" + i)))
            .toList();
    private static final List<IpAddress> HOSTS = Stream.of("192.0.2.1", "192.0.2.2", "2001:db8::1")
            .map(PolicyBuilder::address)
            .toList();
    private static final List<String> BLOCKS = List.of(
            "any",
            "10.0.0.0/28",
            "10.0.0.0/30",
            "10.0.0.3-10.0.0.9",
            "10.0.0.8/29",
            "10.0.0.5",
            "fd00::/126",
            "fd00::1",
            "fd00::1-fd00::2",
            "pl-x",
            "sg-a",
            "sg-b");
    private static final List<String> SERVICES = List.of(
            "tcp all",
            "tcp 0-3",
            "tcp 2-5",
            "tcp 4",
            "udp 1-6",
            "udp 7",
            "icmp",
            "icmp 1",
            "icmp 0/1",
            "icmpv6 1/0",
            "all",
            "47");

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void isExactlyTheFlowsThatAreAnsweredDifferently(@ForAll long seed) {
        var random = new Random(seed);
        Policy before = policy(random);
        Policy after = policy(random);
        var expected = new TreeSet<String>();
        var was = new NaiveEvaluator(before);
        var is = new NaiveEvaluator(after);
        flows().forEach(flow -> {
            for (Direction direction : Direction.values()) {
                boolean allowed = allows(was, direction, flow);
                if (allowed != allows(is, direction, flow)) {
                    expected.add(text(direction, allowed ? Verdict.REJECT : Verdict.ACCEPT, flow));
                }
            }
        });

        assertThat(told(SemanticDiff.between(CompiledPolicy.of(before), CompiledPolicy.of(after))))
                .isEqualTo(expected);
    }

    private static Policy policy(Random random) {
        var policy = new PolicyBuilder().list("pl-x", "10.0.0.1", "10.0.0.12/30", "fd00::3");
        for (String group : List.of("sg-a", "sg-b")) {
            policy.group(group);
            for (int i = random.nextInt(5); i > 0; i--) {
                policy.in(group, pick(SERVICES, random), pick(BLOCKS, random));
                policy.out(group, pick(SERVICES, random), pick(BLOCKS, random));
            }
        }
        policy.instance("v4", List.of("192.0.2.1"), "sg-a");
        policy.instance("dual", List.of("192.0.2.2", "2001:db8::1"), "sg-b", "sg-a");
        return policy.instance("peer", List.of("10.0.0.6", "fd00::2"), pick(List.of("sg-a", "sg-b"), random))
                .build();
    }

    private static String pick(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    /** From every host to every peer of its family and back. */
    private static Stream<FlowTuple> flows() {
        return HOSTS.stream()
                .flatMap(host -> PEERS.stream()
                        .filter(peer -> peer.family() == host.family())
                        .flatMap(peer -> Stream.concat(services(host, peer), services(peer, host))));
    }

    private static Stream<FlowTuple> services(IpAddress from, IpAddress to) {
        Stream<FlowTuple> ports = Stream.of(6, 17)
                .flatMap(protocol ->
                        IntStream.range(0, 8).mapToObj(port -> FlowTuple.ofPorts(from, to, protocol, port)));
        int icmp = from.family().bits() == 32 ? 1 : 58;
        Stream<FlowTuple> messages = IntStream.range(0, 8)
                .mapToObj(message -> new FlowTuple(from, to, icmp, 0, 0, message >> 1, message & 1));
        return Stream.of(ports, messages, Stream.of(47, 99).map(other -> FlowTuple.ofPorts(from, to, other, 0)))
                .flatMap(flows -> flows);
    }

    private static boolean allows(NaiveEvaluator naive, Direction direction, FlowTuple flow) {
        Instance local = naive.instanceAt(local(direction, flow)).orElse(null);
        return local != null && naive.half(local, direction, flow).startsWith("ACCEPT");
    }

    private static IpAddress local(Direction direction, FlowTuple flow) {
        return direction == Direction.INGRESS ? flow.destination() : flow.source();
    }

    private static Set<String> told(List<InstanceChange> changes) {
        var told = new TreeSet<String>();
        flows().forEach(flow -> {
            for (Direction direction : Direction.values()) {
                for (InstanceChange instance : changes) {
                    if (instance.addresses().contains(local(direction, flow))) {
                        instance.changes().stream()
                                .filter(change -> holds(change, direction, flow))
                                .forEach(change -> told.add(text(direction, change.now(), flow)));
                    }
                }
            }
        });
        return told;
    }

    private static boolean holds(Change change, Direction direction, FlowTuple flow) {
        IpAddress peer = direction == Direction.INGRESS ? flow.source() : flow.destination();
        return change.direction() == direction
                && change.protocols().contains(flow.protocol())
                && change.selectors().stream().anyMatch(range -> range.contains(flow.selector()))
                && change.peers().contains(peer);
    }

    private static String text(Direction direction, Verdict now, FlowTuple flow) {
        return now + " " + direction + " " + flow;
    }
}
