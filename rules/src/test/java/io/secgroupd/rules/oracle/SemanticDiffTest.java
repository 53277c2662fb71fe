package io.secgroupd.rules.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Change;
import io.secgroupd.rules.analyze.InstanceChange;
import io.secgroupd.rules.analyze.SemanticDiff;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The difference of two policies against asking {@link NaiveEvaluator} the same questions before and after. */
class SemanticDiffTest {

    private static final int QUESTIONS = 600;

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void tellsTheFlowsThatAreAnsweredDifferently(
            @ForAll long seed, @ForAll boolean related, @ForAll @IntRange(min = 1, max = 4) int size) {
        var random = new Random(seed);
        Policy before = RandomPolicies.of(random, size);
        Policy after = related ? withoutSomeRules(random, before) : RandomPolicies.of(random, size);
        List<InstanceChange> changes = between(before, after);
        var naiveBefore = new NaiveEvaluator(before);
        var naiveAfter = new NaiveEvaluator(after);
        for (Policy asked : List.of(before, after)) {
            var questions = new Questions(random, asked);
            for (int i = 0; i < QUESTIONS; i++) {
                FlowTuple flow = questions.next();
                for (Direction direction : Direction.values()) {
                    boolean was = allows(naiveBefore, direction, flow);
                    boolean is = allows(naiveAfter, direction, flow);
                    assertThat(told(changes, direction, flow))
                            .as(direction + " " + flow)
                            .isEqualTo(was == is ? List.of() : List.of(is ? Verdict.ACCEPT : Verdict.REJECT));
                }
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void saysNothingOfOrderAndText(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int size) {
        var random = new Random(seed);
        Policy before = RandomPolicies.of(random, size);

        assertThat(between(before, shuffled(random, before))).isEmpty();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void selectorsAreTheFewestRanges(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int size) {
        var random = new Random(seed);
        for (InstanceChange change : between(RandomPolicies.of(random, size), RandomPolicies.of(random, size))) {
            for (Change flows : change.changes()) {
                for (int i = 1; i < flows.selectors().size(); i++) {
                    int gap = flows.selectors().get(i).first()
                            - flows.selectors().get(i - 1).last();
                    assertThat(gap).as(flows.toString()).isGreaterThan(1);
                }
            }
        }
    }

    private static List<InstanceChange> between(Policy before, Policy after) {
        return SemanticDiff.between(CompiledPolicy.of(before), CompiledPolicy.of(after));
    }

    private static boolean allows(NaiveEvaluator naive, Direction direction, FlowTuple flow) {
        return naive.instanceAt(local(direction, flow))
                .filter(instance -> naive.half(instance, direction, flow).startsWith("ACCEPT"))
                .isPresent();
    }

    private static IpAddress local(Direction direction, FlowTuple flow) {
        return direction == Direction.INGRESS ? flow.destination() : flow.source();
    }

    /** What the difference says about a flow: a list, so that two changes about one flow are seen. */
    private static List<Verdict> told(List<InstanceChange> changes, Direction direction, FlowTuple flow) {
        IpAddress peer = direction == Direction.INGRESS ? flow.source() : flow.destination();
        return changes.stream()
                .filter(change -> change.addresses().contains(local(direction, flow)))
                .flatMap(change -> change.changes().stream())
                .filter(change -> change.direction() == direction
                        && change.protocols().contains(flow.protocol())
                        && change.selectors().stream().anyMatch(range -> holds(range, flow))
                        && change.peers().contains(peer))
                .map(Change::now)
                .toList();
    }

    private static boolean holds(PortRange range, FlowTuple flow) {
        return range.contains(flow.selector());
    }

    private static Policy withoutSomeRules(Random random, Policy policy) {
        return withRules(policy, rules -> rules.removeIf(rule -> random.nextInt(4) == 0));
    }

    private static Policy shuffled(Random random, Policy policy) {
        return withRules(policy, rules -> Collections.shuffle(rules, random));
    }

    private static Policy withRules(Policy policy, Consumer<List<Rule>> edit) {
        var groups = new LinkedHashMap<String, SecurityGroup>();
        policy.securityGroups().forEach((id, group) -> {
            var inbound = new ArrayList<>(group.inbound());
            var outbound = new ArrayList<>(group.outbound());
            edit.accept(inbound);
            edit.accept(outbound);
            groups.put(id, new SecurityGroup(id, "renamed", "", group.tags(), inbound, outbound, group.at()));
        });
        return new Policy(
                policy.limits(),
                policy.prefixLists(),
                groups,
                policy.instances(),
                policy.clusters(),
                policy.tests(),
                policy.invariants());
    }
}
