package io.secgroupd.rules.decide;

import static io.secgroupd.rules.testkit.PolicyBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever was refused is told which rule came nearest, and what about it differs. */
class NearestMissTest {

    private static final String DB = "10.0.2.10";

    private final CompiledPolicy policy = CompiledPolicy.of(new PolicyBuilder()
            .in("sg-db", "icmp 8/0", "10.0.0.0/8")
            .in("sg-db", "tcp 3306", "10.0.1.0/24")
            .in("sg-db", "udp 53", "10.0.1.0/24")
            .out("sg-db", "tcp 443", "192.0.2.0/24")
            .group("sg-none")
            .instance("db", List.of(DB), "sg-db")
            .instance("none", List.of("10.0.2.11"), "sg-none")
            .build());

    @Test
    void anotherPortIsNearerThanAnotherProtocolAndPort() {
        assertThat(nearest(Direction.INGRESS, tcp("10.0.1.1", DB, 3307))).contains("tcp 3306 from 10.0.1.0/24: [port]");
        assertThat(nearest(Direction.INGRESS, tcp("10.9.9.9", DB, 3306)))
                .contains("tcp 3306 from 10.0.1.0/24: [source]");
        assertThat(nearest(Direction.EGRESS, tcp(DB, "192.0.2.1", 444))).contains("tcp 443 to 192.0.2.0/24: [port]");
        assertThat(nearest(Direction.EGRESS, tcp(DB, "10.9.9.9", 443)))
                .contains("tcp 443 to 192.0.2.0/24: [destination]");
    }

    @Test
    void ofRulesThatAreEquallyNearTheFirstIsNamed() {
        var flow = FlowTuple.ofPorts(address("10.0.1.1"), address(DB), 47, 54);
        assertThat(nearest(Direction.INGRESS, flow))
                .contains("icmp type 8 code 0 from 10.0.0.0/8: [protocol, icmp type or code]");
    }

    @Test
    void anIcmpMessageDiffersInTypeOrCodeAndNotInAPort() {
        var flow = new FlowTuple(address("10.0.9.1"), address(DB), Protocol.ICMP.number(), 0, 0, 8, 1);
        assertThat(nearest(Direction.INGRESS, flow))
                .contains("icmp type 8 code 0 from 10.0.0.0/8: [icmp type or code]");
    }

    @Test
    void whereThereAreNoRulesNoneIsNear() {
        assertThat(filter("10.0.2.11").nearestMiss(Direction.INGRESS, tcp("10.0.1.1", "10.0.2.11", 1)))
                .isEmpty();
    }

    private Optional<String> nearest(Direction direction, FlowTuple flow) {
        return filter(DB).nearestMiss(direction, flow).map(miss -> miss.terms().text() + ": " + miss.differing());
    }

    private InstanceFilter filter(String address) {
        return policy.filterOf(policy.instanceAt(address(address)).orElseThrow());
    }

    private static FlowTuple tcp(String from, String to, int port) {
        return FlowTuple.ofPorts(address(from), address(to), Protocol.TCP.number(), port);
    }
}
