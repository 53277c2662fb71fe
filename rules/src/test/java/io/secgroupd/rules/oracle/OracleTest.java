package io.secgroupd.rules.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.KnownHost;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Judgement;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The compiled filter against {@link NaiveEvaluator}: verdict, reason, instance and the very rule that is named. Two
 * properties, {@link #TRIES} policies each, {@link #QUESTIONS} questions a policy: 1,200,000 questions.
 */
class OracleTest {

    private static final int TRIES = 400;
    private static final int QUESTIONS = 1500;

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void judgesBothHalvesAsTheRulesAreWritten(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.of(random, size);
        var naive = new NaiveEvaluator(policy);
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        var questions = new Questions(random, policy);
        for (int i = 0; i < QUESTIONS; i++) {
            FlowTuple flow = questions.next();
            same(flow, text(new Explainer(compiled).explain(flow).judgement()), naive.judge(flow));
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aHostDecidesAtEveryHookForItsInstancesAndItsOtherAddresses(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.of(random, size);
        var questions = new Questions(random, policy);
        var naive = NaiveHost.of(random, policy, questions.strangers());
        PacketFilter filter =
                CompiledPolicy.of(policy).packetFilter(naive.carried(), naive.hostInstance(), naive.here());
        for (int i = 0; i < QUESTIONS / 3; i++) {
            FlowTuple flow = questions.next();
            for (Hook hook : Hook.values()) {
                Decision decision = filter.judge(hook, flow);
                same(flow, decision.direction().word() + " " + text(decision), naive.judge(hook, flow));
            }
        }
    }

    /** What is explained of two addresses is what their two hosts do, the one on the way out, the other on the way in. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatIsExplainedIsWhatTheHostsOfBothEndsDo(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.of(random, size);
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        var questions = new Questions(random, policy);
        for (int i = 0; i < QUESTIONS / 10; i++) {
            FlowTuple flow = questions.next();
            Optional<Instance> from = policyInstance(policy, flow.source());
            Optional<Instance> to = policyInstance(policy, flow.destination());
            if (from.equals(to) || LOOPBACK.contains(flow.source()) || LOOPBACK.contains(flow.destination())) {
                continue; // loopback, or no host of ours
            }
            boolean leaves = from.map(one -> hostOf(compiled, one).judge(Hook.OUTPUT, flow))
                    .map(Decision::accepted)
                    .orElse(true);
            boolean enters = to.map(one -> hostOf(compiled, one).judge(Hook.INPUT, flow))
                    .map(Decision::accepted)
                    .orElse(true);
            same(
                    flow,
                    new Explainer(compiled).explain(flow).verdict().toString(),
                    leaves && enters ? "ACCEPT" : "REJECT");
        }
    }

    /** The same, asked on a host for its addresses that no instance lists. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatIsExplainedOnAHostIsWhatItDoes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.of(random, size);
        var questions = new Questions(random, policy);
        var naive = NaiveHost.of(random, policy, questions.strangers());
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        PacketFilter filter = compiled.packetFilter(naive.carried(), naive.hostInstance(), naive.here());
        var explainer = new Explainer(compiled, new KnownHost(compiled.answerOf(naive.hostInstance()), naive.here()));
        for (int i = 0; i < QUESTIONS / 3; i++) {
            FlowTuple flow = questions.next();
            boolean unlistedTarget = naive.here().contains(flow.destination())
                    && policyInstance(policy, flow.destination()).isEmpty()
                    && policyInstance(policy, flow.source()).isEmpty()
                    && !naive.here().contains(flow.source())
                    && !LOOPBACK.contains(flow.source())
                    && !LOOPBACK.contains(flow.destination());
            if (unlistedTarget) {
                same(
                        flow,
                        explainer.explain(flow).verdict().toString(),
                        filter.judge(Hook.INPUT, flow).verdict().toString());
            }
        }
    }

    private static final AddressSet LOOPBACK = AddressSet.of(List.of(
            new AddressRange(IpAddress.ipv4(0x7f000000), IpAddress.ipv4(0x7fffffff)),
            AddressRange.of(IpAddress.ipv6(0, 1))));

    private static Optional<Instance> policyInstance(Policy policy, IpAddress address) {
        return policy.instances().values().stream()
                .filter(instance -> instance.addresses().contains(address) && !LOOPBACK.contains(address))
                .findFirst();
    }

    /** The host of one instance, with that instance's addresses and no others. */
    private static PacketFilter hostOf(CompiledPolicy compiled, Instance instance) {
        return compiled.packetFilter(List.of(instance), new HostInstance.Named(instance), instance.addresses());
    }

    private static void same(FlowTuple flow, String compiled, String naive) {
        // A million AssertJ descriptions would take longer than the questions.
        if (!compiled.equals(naive)) {
            assertThat(compiled).as(flow.toString()).isEqualTo(naive);
        }
    }

    private static String text(Judgement judgement) {
        String verdict = judgement.verdict() + " " + judgement.reason().word();
        if (judgement.egress().isEmpty() && judgement.ingress().isEmpty()) {
            return verdict;
        }
        return verdict + " | " + judgement.egress().map(OracleTest::text).orElse("") + " | "
                + judgement.ingress().map(OracleTest::text).orElse("");
    }

    private static String text(Decision decision) {
        String text = decision.verdict() + " " + decision.reason().word();
        MatchedRule rule = decision.rule();
        if (rule != null) {
            return String.join(" ", text, decision.instance(), rule.group(), rule.id(), rule.at());
        }
        return decision.instance().isEmpty() ? text : text + " " + decision.instance();
    }
}
