package io.secgroupd.rules.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.FlowEnd;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import io.secgroupd.rules.text.Problem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvariantsTest {

    @Test
    void aListOfManyEndsIsToldByItsFirst() {
        String[] sources = IntStream.range(0, 300)
                .mapToObj(i -> "10.0.0." + i % 256 + "/32")
                .toArray(String[]::new);

        assertThat(problems(scenario()
                        .invariant("", Invariant.Kind.NEVER, ends(sources), ends("any"), Protocol.ALL, PortRange.ALL)))
                .singleElement()
                .asString()
                .contains(
                        "never all from 10.0.0.0/32, 10.0.0.1/32, 10.0.0.2/32, 10.0.0.3/32 and 296 more to any, but tcp 10.0.0.0 -> db");
    }

    @Test
    void aPromiseWithinOneInstanceHoldsSinceNoRuleJudgesLoopback() {
        List<FlowEnd> both = ends("192.0.2.1", "192.0.2.2");

        assertThat(problems(scenario().invariant("", Invariant.Kind.NEVER, both, both, Protocol.ALL, PortRange.ALL)))
                .isEmpty();
    }

    @Test
    void invariantsThatTakeTooLongAreRefusedAtTheFirstThatDoes() {
        PolicyBuilder policy = scenario();
        for (int i = 0; i < 3; i++) {
            policy.invariant(
                    "", Invariant.Kind.NEVER, ends("203.0.113.0/24"), ends("any"), Protocol.UDP, PortRange.of(i));
        }

        assertThat(Invariants.check(CompiledPolicy.of(policy.build()), 12))
                .singleElement()
                .matches(Problem::isError)
                .asString()
                .contains("invariants[1]: with this invariant the invariants take more than 12 steps");
    }

    private static PolicyBuilder scenario() {
        return new PolicyBuilder()
                .in("sg-db", "tcp 3306", "10.0.0.0/8")
                .instance("db", List.of("192.0.2.1", "192.0.2.2"), "sg-db");
    }

    private static List<FlowEnd> ends(String... peers) {
        return List.of(peers).stream()
                .<FlowEnd>map(peer -> new FlowEnd.OfPeer(PolicyBuilder.peer(peer)))
                .toList();
    }

    private static List<Problem> problems(PolicyBuilder policy) {
        return Invariants.check(CompiledPolicy.of(policy.build()));
    }
}
