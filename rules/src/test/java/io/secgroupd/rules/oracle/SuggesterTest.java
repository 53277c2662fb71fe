package io.secgroupd.rules.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import io.secgroupd.rules.usage.Sightings;
import io.secgroupd.rules.usage.SuggestedGroup;
import io.secgroupd.rules.usage.SuggestedRule;
import io.secgroupd.rules.usage.Suggester;
import io.secgroupd.rules.usage.Suggestion;
import io.secgroupd.rules.usage.Widening;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Suggestions for what was refused, each tried by {@link NaiveEvaluator} on the policy together with them. */
class SuggesterTest {

    private static final int SEEN = 60;
    private static final int OTHERS = 300;

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void allowsAllThatWasSeenAndNoServiceThatWasNot(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int size) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.of(random, size);
        var questions = new Questions(random, policy);
        var seen = new Seen(policy, random.nextBoolean() ? Widening.NONE : new Widening(24, 64, 2, 4));
        for (int i = 0; i < SEEN; i++) {
            seen.add(questions.next());
        }

        Policy after = seen.suggester.suggest().addedTo(policy);

        var before = new NaiveEvaluator(policy);
        var then = new NaiveEvaluator(after);
        assertThat(seen.needed).allSatisfy(flow -> assertThat(then.judge(flow)).startsWith("ACCEPT"));
        for (int i = 0; i < OTHERS; i++) {
            FlowTuple flow = questions.next();
            if (!seen.services.contains(service(flow))) {
                assertThat(verdict(then, flow)).isEqualTo(verdict(before, flow));
            }
        }
    }

    private static String verdict(NaiveEvaluator evaluator, FlowTuple flow) {
        return evaluator.judge(flow).split(" ")[0];
    }

    private static String service(FlowTuple flow) {
        var protocol = new Protocol(flow.protocol());
        return protocol + " " + (protocol.hasPorts() || protocol.hasIcmpTypes() ? flow.selector() : "");
    }

    /** What a log would say of refusals. */
    private static final class Seen {
        private final Explainer explainer;
        private final Suggester suggester;
        private final List<FlowTuple> needed = new ArrayList<>();
        private final Set<String> services = new HashSet<>();

        Seen(Policy policy, Widening widening) {
            CompiledPolicy compiled = CompiledPolicy.of(policy);
            explainer = new Explainer(compiled);
            suggester = new Suggester(compiled, widening);
        }

        void add(FlowTuple flow) {
            Explanation explanation = explainer.explain(flow);
            boolean possible = true;
            for (Direction direction : Direction.values()) {
                Decision half = explanation.half(direction).orElse(null);
                if (half != null && !half.accepted()) {
                    possible &= suggester.add(
                            instance(half.instance()),
                            direction,
                            new Protocol(flow.protocol()),
                            flow.selector(),
                            direction == Direction.INGRESS ? flow.source() : flow.destination(),
                            new Sightings(1, 5, 5));
                    services.add(service(flow));
                }
            }
            if (possible && (explanation.from().isPresent() || explanation.to().isPresent())) {
                needed.add(flow);
            }
        }

        private Instance instance(String name) {
            return Objects.requireNonNull(
                    explainer.policy().policy().instances().get(name));
        }
    }

    private static final PolicyBuilder SHOP = new PolicyBuilder()
            .list("pl-offices", "203.0.113.0/24", "2001:db8:f::/48")
            .list("pl-everybody", "0.0.0.0/0")
            .group("sg-all")
            .group("sg-app")
            .group("sg-db")
            .instance("app-1", List.of("10.0.1.10"), "sg-all", "sg-app")
            .instance("app-2", List.of("10.0.1.11"), "sg-all", "sg-app")
            .instance("db-1", List.of("10.0.2.10"), "sg-all", "sg-db");

    @Test
    void aGroupWhoseMembersExplainAllSourcesIsThePeerAndTheSmallestOne() {
        assertThat(peers("10.0.1.10", "10.0.1.11")).containsExactly("sg-app");
        assertThat(peers("10.0.1.10", "10.0.2.10")).containsExactly("sg-all");
    }

    @Test
    void aListThatHasThemAllIsThePeerAndTheNarrowestOne() {
        assertThat(peers("203.0.113.7", "203.0.113.200")).containsExactly("pl-offices");
        assertThat(peers("203.0.113.7", "192.0.2.1")).containsExactly("pl-everybody");
    }

    @Test
    void othersArePrefixesThatHoldNothingElse() {
        assertThat(peers("2001:db8::4", "2001:db8::5", "2001:db8::6", "2001:db8::7", "2001:db8::9"))
                .containsExactly("2001:db8::4/126", "2001:db8::9/128");
    }

    @Test
    void membersAndStrangersAreExplainedSeparately() {
        assertThat(peers("10.0.1.10", "2001:db8:f::1", "2001:db8::1"))
                .containsExactly("sg-app", "2001:db8::1/128", "2001:db8:f::1/128");
    }

    @Test
    void manyPrefixesAreAListOfTheirOwnWhichIsOneRule() {
        String[] strangers = new String[7];
        for (int i = 0; i < strangers.length; i++) {
            strangers[i] = "2001:db8::" + 2 * i;
        }
        Suggestion suggestion = suggestion(Widening.NONE, strangers);

        assertThat(suggestion.lists().keySet()).containsExactly("pl-suggested-1");
        assertThat(suggestion.lists().get("pl-suggested-1")).hasSize(7);
        assertThat(texts(suggestion)).containsExactly("pl-suggested-1");
    }

    @Test
    void prefixesGrowOnlyWhereEnoughOfThemWasSeen() {
        var widening = new Widening(32, 64, 3, 100);

        assertThat(texts(suggestion(widening, "2001:db8::1", "2001:db8::9", "2001:db8::20", "2001:db8:1::1")))
                .containsExactly("2001:db8::/64", "2001:db8:1::1/128");
    }

    @Test
    void aServiceOfManyStrangersIsEverybodys() {
        var widening = new Widening(32, 128, 1, 2);

        assertThat(texts(suggestion(widening, "198.51.100.1", "2001:db8::1"))).containsExactly("any");
        assertThat(texts(suggestion(widening, "2001:db8::2", "2001:db8::1"))).containsExactly("::/0");
        assertThat(texts(suggestion(widening, "10.0.1.10", "2001:db8::1"))).hasSize(2);
    }

    @Test
    void neighbouringPortsOfThePeersAreOneRuleAndGapsStayClosed() {
        Suggester suggester = new Suggester(CompiledPolicy.of(SHOP.build()), Widening.NONE);
        for (int port : new int[] {8000, 8001, 8002, 8004}) {
            ask(suggester, "10.0.1.10", port);
        }

        assertThat(rules(suggester.suggest()))
                .extracting(rule -> rule.service().toString())
                .containsExactly("tcp 8000-8002", "tcp 8004");
    }

    @Test
    void whoGetsARuleByAnotherOfItsGroupsGetsItOnce() {
        Policy policy = new PolicyBuilder()
                .group("sg-all")
                .group("sg-db")
                .instance("app-1", List.of("10.0.1.10"), "sg-all")
                .instance("db-1", List.of("10.0.2.10"), "sg-all", "sg-db")
                .build();
        var suggester = new Suggester(CompiledPolicy.of(policy), Widening.NONE);
        for (Instance instance : policy.instances().values()) {
            suggester.add(
                    instance,
                    Direction.INGRESS,
                    Protocol.TCP,
                    9100,
                    PolicyBuilder.address("192.0.2.1"),
                    new Sightings(1, 5, 5));
        }

        Suggestion suggestion = suggester.suggest();

        assertThat(suggestion.groups()).extracting(SuggestedGroup::beside).containsExactly(Optional.of("sg-all"));
        assertThat(suggestion.rules()).isEqualTo(1);
    }

    private static List<String> peers(String... sources) {
        return texts(suggestion(Widening.NONE, sources));
    }

    private static Suggestion suggestion(Widening widening, String... sources) {
        var suggester = new Suggester(CompiledPolicy.of(SHOP.build()), widening);
        for (String source : sources) {
            ask(suggester, source, 3306);
        }
        return suggester.suggest();
    }

    private static void ask(Suggester suggester, String source, int port) {
        Instance db = Objects.requireNonNull(SHOP.build().instances().get("db-1"));
        suggester.add(db, Direction.INGRESS, Protocol.TCP, port, PolicyBuilder.address(source), new Sightings(1, 5, 5));
    }

    private static List<SuggestedRule> rules(Suggestion suggestion) {
        return suggestion.groups().stream()
                .flatMap(group -> group.rules().stream())
                .toList();
    }

    private static List<String> texts(Suggestion suggestion) {
        return rules(suggestion).stream()
                .flatMap(rule -> rule.peers().stream())
                .map(Peer::toString)
                .toList();
    }
}
