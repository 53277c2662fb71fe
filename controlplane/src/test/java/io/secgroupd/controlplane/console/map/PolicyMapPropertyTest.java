package io.secgroupd.controlplane.console.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The map against the matcher, over all pairs of addresses of a small universe: whatever the matcher accepts has an open edge with
 * the rule that it names, and a rule is open exactly when the matcher accepts a flow of its terms.
 */
class PolicyMapPropertyTest {

    private static final List<Service> SERVICES = List.of(
            new Service(6, 0, 0, 0),
            new Service(6, 1, 0, 0),
            new Service(6, 2, 0, 0),
            new Service(6, 3, 0, 0),
            new Service(6, 4, 0, 0),
            new Service(17, 1, 0, 0),
            new Service(17, 2, 0, 0),
            new Service(1, 0, 8, 0),
            new Service(1, 0, 8, 1),
            new Service(1, 0, 3, 0),
            new Service(58, 0, 128, 0),
            new Service(47, 0, 0, 0));

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void anEdgeIsOpenExactlyWhenTheMatcherAcceptsSomeFlowOfIt(@ForAll long seed) {
        String text = SmallPolicies.of(seed);
        Policy policy = policy(text);
        var explainer = new Explainer(CompiledPolicy.of(policy));
        List<Explanation> accepted = accepted(explainer);
        List<MapRule> rules = PolicyMap.of(policy).edges().stream()
                .flatMap(edge -> edge.rules().stream())
                .toList();

        Set<String> open = new HashSet<>();
        rules.stream()
                .filter(MapRule::open)
                .forEach(one -> open.add(one.rule().group() + " " + one.rule().id()));
        for (Explanation one : accepted) {
            named(one)
                    .forEach(rule -> assertThat(open)
                            .as("%s of%n%s", one.flow(), text)
                            .contains(rule.group() + " " + rule.id()));
        }
        for (MapRule drawn : rules) {
            boolean passes = accepted.stream().anyMatch(one -> isOf(drawn.rule(), one, policy));
            assertThat(drawn.open()).as("%s of%n%s", drawn.rule(), text).isEqualTo(passes);
        }
    }

    private static Policy policy(String text) {
        ReadResult read = PolicyReader.read(new PolicyFiles(
                Path.of("rules.yaml"), Map.of(Path.of("rules.yaml"), text.getBytes(StandardCharsets.UTF_8))));
        assertThat(read.errors()).as(text).isEmpty();
        return read.policy().orElseThrow();
    }

    /** Every judged flow between two addresses of the universe that is accepted. */
    private static List<Explanation> accepted(Explainer explainer) {
        var accepted = new ArrayList<Explanation>();
        List<IpAddress> universe = universe();
        for (IpAddress from : universe) {
            for (IpAddress to : universe) {
                if (from.family() == to.family() && !from.equals(to)) {
                    SERVICES.stream()
                            .map(service -> explainer.explain(service.between(from, to)))
                            .filter(one -> one.judgement().reason() == Reason.RULE
                                    && one.half(Direction.INGRESS).stream().allMatch(Decision::accepted)
                                    && one.half(Direction.EGRESS).stream().allMatch(Decision::accepted))
                            .forEach(accepted::add);
                }
            }
        }
        return accepted;
    }

    private static List<IpAddress> universe() {
        var all = new ArrayList<>(List.of(IpAddress.ipv4(0xcb007109), IpAddress.ipv6(0x20010db800000001L, 9)));
        for (int i = 0; i < 9; i++) {
            all.add(IpAddress.ipv4(0x0a000000 + i));
            all.add(IpAddress.ipv6(0x20010db8L << 32, i));
        }
        return all;
    }

    private static List<MatchedRule> named(Explanation explanation) {
        var named = new ArrayList<MatchedRule>();
        for (Direction direction : Direction.values()) {
            explanation
                    .half(direction)
                    .map(half -> Objects.requireNonNull(half.rule()))
                    .ifPresent(named::add);
        }
        return named;
    }

    /** Whether a flow has the rule's terms: a member of its group at the one end, its peer at the other, and its service. */
    private static boolean isOf(Rule rule, Explanation explanation, Policy policy) {
        FlowTuple flow = explanation.flow();
        boolean inbound = rule.direction() == Direction.INGRESS;
        IpAddress own = inbound ? flow.destination() : flow.source();
        IpAddress other = inbound ? flow.source() : flow.destination();
        return rule.protocol().existsIn(flow.family())
                && rule.protocol().matches(flow.protocol())
                && rule.selectors().contains(flow.selector())
                && has(policy, rule.group(), own)
                && isPeer(rule.peer(), other, policy);
    }

    private static boolean has(Policy policy, String group, IpAddress address) {
        return policy.instances().values().stream()
                .filter(instance -> instance.addresses().contains(address))
                .map(Instance::securityGroups)
                .anyMatch(groups -> groups.contains(group));
    }

    private static boolean isPeer(Peer peer, IpAddress address, Policy policy) {
        if (peer instanceof Peer.Group group) {
            return has(policy, group.id(), address);
        }
        if (peer instanceof Peer.List list) {
            return Objects.requireNonNull(policy.prefixLists().get(list.id()))
                    .entries()
                    .contains(address);
        }
        return peer instanceof Peer.Any || ((Peer.Addresses) peer).range().contains(address);
    }
}
