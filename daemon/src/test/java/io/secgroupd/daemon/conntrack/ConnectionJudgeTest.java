package io.secgroupd.daemon.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.oracle.NaiveHost;
import io.secgroupd.rules.oracle.Questions;
import io.secgroupd.rules.oracle.RandomPolicies;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A running connection is judged as its first packet was. */
class ConnectionJudgeTest {

    private static final JudgedHooks ALL = JudgedHooks.ALL;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allowsWhatTheHostWouldLetPassAsAFirstPacket(long seed) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.someObserving(random, RandomPolicies.of(random, 4));
        Set<String> observing = policy.observing().map(Instance::name).collect(Collectors.toSet());
        var questions = new Questions(random, policy);
        var host = NaiveHost.of(random, policy, questions.strangers());
        PacketFilter filter = CompiledPolicy.of(policy).packetFilter(host.carried(), host.hostInstance(), host.here());
        var judge = new ConnectionJudge(filter, host.here(), ALL);
        for (int i = 0; i < 300; i++) {
            FlowTuple flow = questions.next();
            assertThat(judge.allows(new LiveConnection(flow, flow, false)))
                    .as(flow.toString())
                    .isEqualTo(isAllowed(host, observing, flow));
        }
    }

    static LongStream seeds() {
        return new Random().longs(100);
    }

    private static boolean isAllowed(NaiveHost host, Set<String> observing, FlowTuple flow) {
        boolean toHere =
                host.here().contains(flow.destination()) || flow.destination().isForMany();
        if (host.here().contains(flow.source())) {
            return toHere || passes(host, observing, Hook.OUTPUT, flow);
        }
        return passes(host, observing, toHere ? Hook.INPUT : Hook.FORWARD, flow);
    }

    private static boolean passes(NaiveHost host, Set<String> observing, Hook hook, FlowTuple flow) {
        return host.judge(hook, flow).contains(" ACCEPT ") || host.refuseAlone(observing, hook, flow);
    }
}
