package io.secgroupd.rules.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.FlowEnd;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffTextTest {

    @Test
    void tellsExactlyWhatIsNewAndWhatIsGone() {
        var before = new PolicyBuilder()
                .in("sg-a", "tcp 80-90", "10.0.0.0/24")
                .in("sg-a", "icmp", "any")
                .out("sg-a", "all", "10.0.0.0/8")
                .instance("a", List.of("10.0.0.1"), "sg-a");
        var after = new PolicyBuilder()
                .in("sg-b", "tcp 80", "10.0.0.0/24")
                .in("sg-b", "tcp 82-95", "10.0.0.0/24")
                .in("sg-b", "icmp 8", "any")
                .out("sg-b", "all", "any")
                .instance("renamed", List.of("10.0.0.1"), "sg-b");

        assertThat(diff(before, after)).isEqualTo("""
                renamed (10.0.0.1)
                  + ingress tcp 91-95 from 10.0.0.0/24
                  - ingress icmp type 0-7,type 9-255 from 0.0.0.0/0
                  - ingress tcp 81 from 10.0.0.0/24
                  + egress all to 0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255, ::/0
                """);
    }

    @Test
    void namesAndOrderAreNoChange() {
        var before = new PolicyBuilder()
                .list("pl-x", "10.0.0.0/25", "10.0.0.128/25")
                .in("sg-a", "tcp 80", "pl-x")
                .in("sg-a", "tcp 81", "pl-x")
                .instance("a", List.of("10.0.0.1"), "sg-a");
        var after =
                new PolicyBuilder().in("sg-b", "tcp 80-81", "10.0.0.0/24").instance("b", List.of("10.0.0.1"), "sg-b");

        assertThat(diff(before, after)).isEqualTo("No change in meaning.\n");
    }

    @Test
    void modesAreComparedByAddressAndNamedBothWays() {
        var before =
                web("a", "b", "c", "old-name").observing("b").observing("c").observing("old-name");
        var after = web("a", "b", "c", "new-name").observing("a").observing("c").observing("new-name");

        assertThat(diff(before, after)).isEqualTo("""
                instance a: enforce -> observe: what its rules refuse is let in from now on
                instance b: observe -> enforce: what its rules refuse is refused from now on
                """);
        assertThat(diff(web("a", "b").observing("a").observing("b"), web("a", "b")))
                .isEqualTo("instances a, b: observe -> enforce: what their rules refuse is refused from now on\n");
    }

    @Test
    void aNewInstanceThatObservesIsToldAndOneThatEnforcesIsOnlyNew() {
        assertThat(diff(web("a"), web("a", "b", "c").observing("b"))).isEqualTo("""
                instance b: new -> observe: what its rules refuse is let in from now on
                b (10.0.0.2) added
                  + ingress tcp 80 from any
                c (10.0.0.3) added
                  + ingress tcp 80 from any
                """);
        assertThat(diff(web("a", "b").observing("b"), web("a"))).doesNotContain("observe");
    }

    /** Instances with the addresses 10.0.0.1, 10.0.0.2 and so on. */
    private static PolicyBuilder web(String... names) {
        var policy = new PolicyBuilder().in("sg-a", "tcp 80", "any");
        for (int i = 0; i < names.length; i++) {
            policy.instance(names[i], List.of("10.0.0." + (i + 1)), "sg-a");
        }
        return policy;
    }

    @Test
    void anInstanceThatComesOrGoesIsTold() {
        var before = new PolicyBuilder().in("sg-a", "tcp 80", "any").instance("a", List.of("10.0.0.1"), "sg-a");
        var after = new PolicyBuilder().in("sg-a", "tcp 80", "any").instance("b", List.of("10.0.0.2"), "sg-a");

        assertThat(diff(before, after)).isEqualTo("""
                b (10.0.0.2) added
                  + ingress tcp 80 from any
                a (10.0.0.1) removed
                  - ingress tcp 80 from any
                """);
    }

    /** It lets the flows below through, so it stands above them. */
    @Test
    void aPromiseThatGoesIsToldFirst() {
        var before = new PolicyBuilder()
                .in("sg-a", "tcp 80", "any")
                .instance("a", List.of("10.0.0.1"), "sg-a")
                .invariant(
                        "no telnet",
                        Invariant.Kind.NEVER,
                        List.of(new FlowEnd.OfPeer(PolicyBuilder.peer("any"))),
                        List.of(new FlowEnd.OfPeer(PolicyBuilder.peer("10.0.0.1"))),
                        Protocol.TCP,
                        PortRange.of(23));
        var after = new PolicyBuilder()
                .in("sg-a", "tcp 80", "any")
                .in("sg-a", "tcp 23", "any")
                .instance("a", List.of("10.0.0.1"), "sg-a");

        assertThat(diff(before, after)).isEqualTo("""
                invariant "no telnet" removed
                a (10.0.0.1)
                  + ingress tcp 23 from any
                """);
    }

    private static String diff(PolicyBuilder before, PolicyBuilder after) {
        return DiffText.of(PolicyDiff.between(CompiledPolicy.of(before.build()), CompiledPolicy.of(after.build())));
    }
}
