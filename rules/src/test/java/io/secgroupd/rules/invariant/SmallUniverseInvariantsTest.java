package io.secgroupd.rules.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.oracle.NaiveEvaluator;
import io.secgroupd.rules.text.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The judge of invariants against every flow of a small universe, asked one by one of {@link NaiveEvaluator}: 10,000
 * universes with three invariants each.
 */
class SmallUniverseInvariantsTest {

    private static final String LOOPBACK = "ACCEPT same-instance";

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void breaksExactlyWhereAFlowOfItsShapeIsAccepted(@ForAll long seed) {
        Policy policy = new SmallUniverse(new Random(seed)).policy();
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        var naive = new NaiveEvaluator(policy);
        var search = new Search(compiled, new Effort(Invariants.MOST_STEPS));
        for (Invariant invariant : policy.invariants()) {
            Optional<FlowTuple> found = search.accepted(new Shapes(compiled).of(invariant));
            Optional<FlowTuple> expected = SmallUniverse.flows(policy, invariant)
                    .filter(flow -> isAccepted(naive, flow))
                    .findFirst();

            assertThat(found.isPresent())
                    .as("%s: %s instead of %s", invariant.terms(), found, expected)
                    .isEqualTo(expected.isPresent());
            found.ifPresent(flow -> assertBreaks(policy, invariant, naive, flow));
        }
    }

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void warnsExactlyWhereInstancesThatObserveLetInWhatTheRulesForbid(@ForAll long seed) {
        Policy policy = new SmallUniverse(new Random(seed)).policy();
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        var explainer = new Explainer(compiled);
        var naive = new NaiveEvaluator(policy);
        List<Invariant> holding = policy.invariants().stream()
                .filter(invariant -> SmallUniverse.flows(policy, invariant).noneMatch(flow -> isAccepted(naive, flow)))
                .toList();

        List<String> warned = ObservedInvariants.check(compiled, holding, new Effort(Invariants.MOST_STEPS)).stream()
                .map(Problem::path)
                .toList();

        assertThat(warned)
                .isEqualTo(holding.stream()
                        .filter(invariant -> SmallUniverse.flows(policy, invariant)
                                .anyMatch(flow -> explainer.explain(flow).observed()))
                        .map(Invariant::path)
                        .toList());
    }

    private static void assertBreaks(Policy policy, Invariant invariant, NaiveEvaluator naive, FlowTuple flow) {
        boolean only = invariant.kind() == Invariant.Kind.ONLY;
        boolean meant = SmallUniverse.isIn(policy, invariant.from(), flow.source()) != only
                && SmallUniverse.isIn(policy, invariant.to(), flow.destination())
                && SmallUniverse.isAsked(invariant, flow);
        assertThat(meant && isAccepted(naive, flow))
                .as("%s by %s", invariant.terms(), flow)
                .isTrue();
    }

    private static boolean isAccepted(NaiveEvaluator naive, FlowTuple flow) {
        String judged = naive.judge(flow);
        return judged.startsWith("ACCEPT") && !judged.equals(LOOPBACK);
    }
}
