package io.secgroupd.rules.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Judgement;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

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
            same(flow, text(compiled.judge(flow)), naive.judge(flow));
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aHostDecidesForTheInstancesItCarries(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int size) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.of(random, size);
        var host = Host.of(random, policy);
        var naive = new NaiveEvaluator(policy);
        var questions = new Questions(random, policy);
        for (int i = 0; i < QUESTIONS / 3; i++) {
            FlowTuple flow = questions.next();
            Instance from = host.carriedAt(naive, flow.source());
            Instance to = host.carriedAt(naive, flow.destination());
            for (Direction direction : Direction.values()) {
                Instance local = direction == Direction.INGRESS ? to : from;
                Instance answers = local == null ? host.answering.orElse(null) : local;
                same(flow, text(host.filter.decide(direction, flow)), naive.half(answers, direction, flow));
            }
            same(flow, text(host.filter.decideForwarded(flow)), forwarded(naive, from, to, flow));
        }
    }

    /** The first half that rejects, else the last that was judged. */
    private static String forwarded(
            NaiveEvaluator naive, @Nullable Instance from, @Nullable Instance to, FlowTuple flow) {
        if (from != null && from.equals(to)) {
            return "ACCEPT no-instance";
        }
        String outbound = naive.half(from, Direction.EGRESS, flow);
        return to == null || outbound.startsWith("REJECT") ? outbound : naive.half(to, Direction.INGRESS, flow);
    }

    /** What one machine carries: some of the instances, and perhaps one that answers for other addresses. */
    private record Host(List<Instance> carried, Optional<Instance> answering, PacketFilter filter) {
        static Host of(Random random, Policy policy) {
            var instances = new ArrayList<>(policy.instances().values());
            Collections.shuffle(instances, random);
            List<Instance> carried = instances.subList(0, 1 + random.nextInt(instances.size()));
            Optional<Instance> answering = random.nextBoolean() ? Optional.of(carried.get(0)) : Optional.empty();
            return new Host(carried, answering, CompiledPolicy.of(policy).packetFilter(carried, answering));
        }

        @Nullable
        Instance carriedAt(NaiveEvaluator naive, IpAddress address) {
            return naive.instanceAt(address).filter(carried::contains).orElse(null);
        }
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
