package io.secgroupd.rules.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import io.secgroupd.rules.usage.RuleChange;
import io.secgroupd.rules.usage.Sightings;
import io.secgroupd.rules.usage.Tightener;
import io.secgroupd.rules.usage.Tightening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Tightened policies, each asked by {@link NaiveEvaluator} about what was seen and about other things. */
class TightenerTest {

    private static final int SEEN = 80;
    private static final int OTHERS = 300;

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void changesNoVerdictOnWhatWasSeenOpensNothingAndFindsEveryRuleThatNobodyUsed(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int size) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.of(random, size);
        var questions = new Questions(random, policy);
        var log = new Log(policy);
        var seen = new ArrayList<FlowTuple>();
        for (int i = 0; i < SEEN; i++) {
            seen.add(questions.next());
            log.add(seen.get(i));
        }

        Tightening tightening = log.tightener.tighten(name -> true);

        var before = new NaiveEvaluator(policy);
        var after = new NaiveEvaluator(tightening.madeIn(policy));
        assertThat(seen).allSatisfy(flow -> assertThat(verdict(after, flow)).isEqualTo(verdict(before, flow)));
        for (int i = 0; i < OTHERS; i++) {
            FlowTuple flow = questions.next();
            if (verdict(before, flow).equals("REJECT")) {
                assertThat(verdict(after, flow)).isEqualTo("REJECT");
            }
        }
        assertThat(unused(tightening)).isEqualTo(notNamed(policy, log.named));
    }

    private static String verdict(NaiveEvaluator evaluator, FlowTuple flow) {
        return evaluator.judge(flow).split(" ")[0];
    }

    private static Set<String> unused(Tightening tightening) {
        return tightening.changes().stream()
                .filter(change -> change.remains().isEmpty())
                .map(change -> change.rule().group() + change.rule().id())
                .collect(Collectors.toSet());
    }

    private static Set<String> notNamed(Policy policy, Set<String> named) {
        Set<String> withMembers = policy.instances().values().stream()
                .flatMap(instance -> instance.securityGroups().stream())
                .collect(Collectors.toSet());
        return policy.securityGroups().values().stream()
                .filter(group -> withMembers.contains(group.id()))
                .flatMap(group -> Stream.concat(group.inbound().stream(), group.outbound().stream()))
                .map(rule -> rule.group() + rule.id())
                .filter(rule -> !named.contains(rule))
                .collect(Collectors.toSet());
    }

    /** What a log would say of all instances. */
    private static final class Log {
        private final Explainer explainer;
        private final Tightener tightener;
        private final Set<String> named = new HashSet<>();

        Log(Policy policy) {
            CompiledPolicy compiled = CompiledPolicy.of(policy);
            explainer = new Explainer(compiled);
            tightener = new Tightener(compiled);
        }

        void add(FlowTuple flow) {
            Explanation explanation = explainer.explain(flow);
            for (Direction direction : Direction.values()) {
                explanation.half(direction).ifPresent(half -> add(half, flow));
            }
        }

        private void add(Decision half, FlowTuple flow) {
            Instance instance = Objects.requireNonNull(
                    explainer.policy().policy().instances().get(half.instance()));
            tightener.add(
                    instance,
                    half.direction(),
                    new Protocol(flow.protocol()),
                    flow.selector(),
                    half.direction() == Direction.INGRESS ? flow.source() : flow.destination(),
                    new Sightings(1, 5, 5));
            Optional.ofNullable(half.rule()).ifPresent(rule -> named.add(rule.group() + rule.id()));
        }
    }

    private static PolicyBuilder shop() {
        return new PolicyBuilder()
                .list("pl-offices", "203.0.113.0/24", "198.51.100.0/24")
                .group("sg-app")
                .instance("app-1", List.of("10.0.1.10"), "sg-app")
                .instance("app-2", List.of("10.0.1.11"), "sg-app")
                .instance("db-1", List.of("10.0.2.10"), "sg-db");
    }

    @Test
    void aRuleThatNobodyUsedCanGo() {
        assertThat(proposal(shop().in("sg-db", "tcp 22", "any"))).containsExactly("tcp 22 from any: nothing");
    }

    @Test
    void whatIsAsWideAsItsUseStays() {
        assertThat(proposal(shop().in("sg-db", "tcp 3306", "sg-app"), "10.0.1.10 3306"))
                .isEmpty();
    }

    @Test
    void portsThatNobodyUsedAreClosed() {
        assertThat(proposal(
                        shop().in("sg-db", "tcp 3000-3999", "sg-app"),
                        "10.0.1.10 3306",
                        "10.0.1.11 3307",
                        "10.0.1.11 3900"))
                .containsExactly("tcp 3000-3999 from sg-app: tcp 3306-3307 [sg-app], tcp 3900 [sg-app]");
    }

    @Test
    void protocolsThatNobodyUsedAreClosed() {
        assertThat(proposal(shop().in("sg-db", "all", "10.0.1.10/32"), "10.0.1.10 3306"))
                .containsExactly("all from 10.0.1.10/32: tcp 3306 [10.0.1.10/32]");
    }

    @Test
    void peersThatWereNeverSeenAreTakenOut() {
        assertThat(proposal(shop().in("sg-db", "tcp 3306", "10.0.0.0/8"), "10.0.1.10 3306", "10.0.1.11 3306"))
                .containsExactly("tcp 3306 from 10.0.0.0/8: tcp 3306 [sg-app]");
        assertThat(proposal(shop().in("sg-db", "tcp 3306", "10.0.0.0/8"), "10.9.0.8 3306", "10.9.0.9 3306"))
                .containsExactly("tcp 3306 from 10.0.0.0/8: tcp 3306 [10.9.0.8/31]");
    }

    @Test
    void aPrefixOfWhichEveryAddressWasSeenStays() {
        assertThat(proposal(shop().in("sg-db", "tcp 22", "10.9.0.8/31"), "10.9.0.8 22", "10.9.0.9 22"))
                .isEmpty();
    }

    @Test
    void theEntriesOfAListThatWereUsedStayWhole() {
        assertThat(proposal(shop().in("sg-db", "tcp 22", "pl-offices"), "203.0.113.7 22"))
                .containsExactly("tcp 22 from pl-offices: tcp 22 [203.0.113.0/24]");
    }

    @Test
    void aServiceForEverybodyStaysEverybodys() {
        String[] uses = new String[40];
        for (int i = 0; i < uses.length; i++) {
            uses[i] = (i * 6 + 1) + ".0.113.7 443";
        }

        assertThat(proposal(shop().in("sg-db", "tcp 443", "any"), uses)).isEmpty();
        String[] fewer = Arrays.copyOf(uses, 25);
        assertThat(proposal(shop().in("sg-db", "tcp 443", "any"), fewer)).isEmpty();
    }

    @Test
    void ofTwoRulesThatAllowTheSameOnlyTheOneThatIsNeverNamedGoes() {
        assertThat(proposal(
                        shop().in("sg-db", "tcp 3306", "sg-app").in("sg-db", "tcp 3306", "10.0.1.10"),
                        "10.0.1.10 3306"))
                .containsExactly("tcp 3306 from 10.0.1.10/32: nothing");
    }

    @Test
    void nothingIsSaidAboutAGroupWhenThereIsNoRecordOfAMember() {
        Policy policy = shop().in("sg-app", "tcp 443", "any")
                .in("sg-db", "tcp 22", "any")
                .build();

        Tightening tightening = new Tightener(CompiledPolicy.of(policy)).tighten(name -> !name.equals("app-2"));

        assertThat(tightening.changes())
                .extracting(change -> change.rule().group())
                .containsExactly("sg-db");
        assertThat(tightening.unknown()).hasSize(1).containsEntry("sg-app", List.of("app-2"));
    }

    /** @param uses source and port of connections to db-1 */
    private static List<String> proposal(PolicyBuilder builder, String... uses) {
        CompiledPolicy policy = CompiledPolicy.of(builder.build());
        var tightener = new Tightener(policy);
        Instance db = Objects.requireNonNull(policy.policy().instances().get("db-1"));
        for (String use : uses) {
            String[] words = use.split(" ");
            tightener.add(
                    db,
                    Direction.INGRESS,
                    Protocol.TCP,
                    Integer.parseInt(words[1]),
                    PolicyBuilder.address(words[0]),
                    new Sightings(1, 5, 5));
        }
        return tightener.tighten(name -> true).changes().stream()
                .map(TightenerTest::text)
                .toList();
    }

    private static String text(RuleChange change) {
        Rule rule = change.rule();
        String remains = change.remains().stream()
                .map(part -> part.service() + " " + part.peers())
                .collect(Collectors.joining(", "));
        return rule.terms() + ": " + (remains.isEmpty() ? "nothing" : remains);
    }
}
