package io.secgroupd.rules.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.FlowTuple;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A rule that has expired decides as little as one that nobody has written. */
class ExpiryOracleTest {

    private static final int QUESTIONS = 200;

    /** The instants at which rules expire, and at which questions are asked: before, at and between them. */
    private static final List<Instant> TIMES =
            List.of(Instant.EPOCH, Instant.ofEpochSecond(1), Instant.ofEpochSecond(1, 1), Instant.ofEpochSecond(9));

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void thePolicyAtAnInstantIsTheFileWithoutTheRulesThatHaveExpired(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int size) {
        var random = new Random(seed);
        Policy policy = ending(RandomPolicies.of(random, size), random);
        var questions = new Questions(random, policy);
        for (Instant at : TIMES) {
            Policy erased = with(
                    policy,
                    rules -> rules.stream()
                            .filter(rule -> rule.expires().isEmpty()
                                    || rule.expires().get().compareTo(at) > 0)
                            .toList());
            var expected = new Explainer(CompiledPolicy.of(erased));
            var asked = new Explainer(CompiledPolicy.of(policy.at(at)));
            for (int i = 0; i < QUESTIONS; i++) {
                FlowTuple flow = questions.next();
                Explanation explained = asked.explain(flow);
                assertThat(explained.judgement())
                        .as("%s at %s", flow, at)
                        .hasToString(expected.explain(flow).judgement().toString());
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void nothingChangesBetweenTwoExpiries(@ForAll long seed) {
        Policy policy = ending(RandomPolicies.of(new Random(seed), 3), new Random(seed));
        for (Instant one : TIMES) {
            for (Instant other : TIMES) {
                assertThat(policy.expiries().isSame(one, other))
                        .isEqualTo(policy.at(one).equals(policy.at(other)));
            }
        }
        assertThat(policy.at(Instant.MIN)).isSameAs(policy);
    }

    private static Policy ending(Policy policy, Random random) {
        return with(
                policy,
                rules -> rules.stream()
                        .map(rule -> until(
                                rule,
                                random.nextInt(3) == 0
                                        ? Optional.empty()
                                        : Optional.of(TIMES.get(random.nextInt(TIMES.size())))))
                        .toList());
    }

    private static Rule until(Rule rule, Optional<Instant> expires) {
        return new Rule(
                rule.id(),
                rule.group(),
                rule.direction(),
                rule.protocol(),
                rule.ports(),
                rule.icmp(),
                rule.peer(),
                rule.description(),
                rule.tags(),
                expires,
                rule.at(),
                rule.path());
    }

    private static Policy with(Policy policy, UnaryOperator<List<Rule>> rules) {
        Map<String, SecurityGroup> groups = new LinkedHashMap<>();
        policy.securityGroups()
                .forEach((id, group) -> groups.put(
                        id,
                        new SecurityGroup(
                                id,
                                group.name(),
                                group.description(),
                                group.tags(),
                                rules.apply(group.inbound()),
                                rules.apply(group.outbound()),
                                group.at())));
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
