package io.secgroupd.rules.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Judgement;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What instances that observe let in, against the sentence "refused by instances that observe, and by nobody else". */
class ModeOracleTest {

    private static final int TRIES = 200;
    private static final int QUESTIONS = 500;

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aHostLetsInWhatOnlyObservingInstancesRefuse(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        var random = new Random(seed);
        Policy plain = RandomPolicies.of(random, size);
        Policy observing = RandomPolicies.someObserving(random, plain);
        Set<String> names = observing.observing().map(Instance::name).collect(Collectors.toSet());
        var questions = new Questions(random, plain);
        var naive = NaiveHost.of(random, plain, questions.strangers());
        PacketFilter without = filter(plain, naive);
        PacketFilter with = filter(observing, naive);
        for (int i = 0; i < QUESTIONS; i++) {
            FlowTuple flow = questions.next();
            for (Hook hook : Hook.values()) {
                Decision before = without.judge(hook, flow);
                Decision after = with.judge(hook, flow);
                boolean letIn = naive.refuseAlone(names, hook, flow);
                boolean isAsSaid = after.verdict() == before.verdict()
                        && after.observed() == letIn
                        && after.passes() == (before.accepted() || letIn)
                        && (after.accepted() || letIn == names.contains(after.instance()))
                        && (!after.accepted() || after.equals(before));
                if (!isAsSaid) { // a million descriptions would take longer than the questions
                    assertThat(after)
                            .as(hook + " " + flow + ", let in: " + letIn)
                            .isEqualTo(before);
                }
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatIsExplainedKeepsItsVerdictAndSaysWhatIsLetIn(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        var random = new Random(seed);
        Policy plain = RandomPolicies.of(random, size);
        Policy observing = RandomPolicies.someObserving(random, plain);
        Set<String> names = observing.observing().map(Instance::name).collect(Collectors.toSet());
        var without = new Explainer(CompiledPolicy.of(plain));
        var with = new Explainer(CompiledPolicy.of(observing));
        var questions = new Questions(random, plain);
        for (int i = 0; i < QUESTIONS; i++) {
            FlowTuple flow = questions.next();
            Judgement before = without.explain(flow).judgement();
            Judgement after = with.explain(flow).judgement();
            List<String> refusing = Stream.of(before.egress(), before.ingress())
                    .flatMap(Optional::stream)
                    .filter(half -> !half.accepted())
                    .map(Decision::instance)
                    .toList();
            assertThat(after.verdict()).isEqualTo(before.verdict());
            assertThat(after.observed()).isEqualTo(!refusing.isEmpty() && names.containsAll(refusing));
        }
    }

    /** The host instance is one of the carried ones, so it observes when that does. */
    private static PacketFilter filter(Policy policy, NaiveHost host) {
        HostInstance answers = host.hostInstance() instanceof HostInstance.Named named
                ? new HostInstance.Named(in(policy, List.of(named.instance())).get(0))
                : host.hostInstance();
        return CompiledPolicy.of(policy).packetFilter(in(policy, host.carried()), answers, host.here());
    }

    private static List<Instance> in(Policy policy, Collection<Instance> instances) {
        return policy.instances().values().stream()
                .filter(instance ->
                        instances.stream().anyMatch(one -> one.name().equals(instance.name())))
                .toList();
    }
}
