package io.secgroupd.rules.decide;

import static io.secgroupd.rules.testkit.PolicyBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one host enforces for its guest, its own instance and what answers for its other addresses. */
class PacketFilterTest {

    private static final String STRANGER = "203.0.113.7";
    private static final String GUEST = "10.0.1.10";
    private static final String OWN = "10.0.2.10";
    private static final String UNLISTED = "10.0.0.1";

    private static final Policy POLICY = new PolicyBuilder()
            .in("sg-guest", "tcp 443", "any")
            .out("sg-guest", "tcp 80", "any")
            .in("sg-own", "tcp 22", "any")
            .out("sg-own", "tcp 5432", "any")
            .in("sg-all", "tcp 9100", "any")
            .in("sg-host", "tcp 25", "any")
            .instance("guest", List.of(GUEST), "sg-guest", "sg-all")
            .instance("own", List.of(OWN), "sg-own", "sg-all")
            .instance("host", List.of("10.0.3.10"), "sg-host", "sg-all")
            .build();

    private final PacketFilter filter = CompiledPolicy.of(POLICY)
            .packetFilter(
                    List.of(instance("guest"), instance("own")),
                    new HostInstance.Named(instance("host")),
                    List.of(address(OWN), address(UNLISTED)));

    @Test
    void anAnswerThatArrivesIsJudgedAsWhatThisHostHasSent() {
        assertThat(answered(Hook.INPUT, OWN, STRANGER, 5432)).isEqualTo("ACCEPT rule egress own");
        assertThat(answered(Hook.INPUT, OWN, STRANGER, 22)).isEqualTo("REJECT no-matching-rule egress own");
    }

    @Test
    void anAnswerThatLeavesIsJudgedAsWhatThisHostHasTaken() {
        assertThat(answered(Hook.OUTPUT, STRANGER, OWN, 22)).isEqualTo("ACCEPT rule ingress own");
        assertThat(answered(Hook.OUTPUT, STRANGER, OWN, 5432)).isEqualTo("REJECT no-matching-rule ingress own");
    }

    @Test
    void ofARoutedAnswerOnlyTheGuestIsBelieved() {
        assertThat(answered(Hook.FORWARD, STRANGER, GUEST, 443)).isEqualTo("ACCEPT rule ingress guest");
        assertThat(answered(Hook.FORWARD, GUEST, STRANGER, 80)).isEqualTo("REJECT pickup ingress ");
    }

    @Test
    void anInstanceIsFoundByItsNameWhenItsRulesCanDecideHere() {
        for (String name : List.of("guest", "own", "host")) {
            assertThat(filter.instance(name))
                    .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo(name));
        }
        assertThat(filter.instance("other")).isEmpty();
        assertThat(filter.instances()).map(InstanceFilter::name).containsExactly("guest", "own");
    }

    @Test
    void aFilterKnowsTheGroupsAndTheModeOfItsInstance() {
        InstanceFilter enforcing = filter.instances().get(0);
        assertThat(enforcing.securityGroups()).containsExactly("sg-guest", "sg-all");
        assertThat(enforcing.observes()).isFalse();
        Policy observing =
                new PolicyBuilder().instance("i", List.of(GUEST)).observing("i").build();
        assertThat(CompiledPolicy.of(observing)
                        .filterOf(observing.instances().values().iterator().next())
                        .observes())
                .isTrue();
    }

    @Test
    void everyRuleThatCanDecideIsListedOnceInboundFirst() {
        assertThat(filter.rules())
                .map(RuleTerms::text)
                .containsExactly(
                        "tcp 443 from any",
                        "tcp 9100 from any",
                        "tcp 80 to any",
                        "tcp 22 from any",
                        "tcp 5432 to any",
                        "tcp 25 from any");
    }

    @Test
    void aHostWithoutAnInstanceOfItsOwnListsTheRulesOfItsGuestsAlone() {
        PacketFilter open = CompiledPolicy.of(POLICY)
                .packetFilter(List.of(instance("guest")), HostInstance.Nobody.OPEN, List.of(address(UNLISTED)));
        assertThat(open.rules()).hasSize(3);
        assertThat(open.instance("host")).isEmpty();
    }

    @Test
    void aDecisionSaysWhetherThePacketPasses() {
        assertThat(Stream.of(
                                Decision.reject(Direction.INGRESS, Reason.NO_GROUPS, "i"),
                                Decision.observe(Direction.INGRESS, Reason.NO_GROUPS, "i"))
                        .map(Decision::passes))
                .containsExactly(false, true);
    }

    private String answered(Hook hook, String from, String to, int port) {
        Decision decision =
                filter.judgeAnswered(hook, FlowTuple.ofPorts(address(from), address(to), Protocol.TCP.number(), port));
        return String.join(
                " ",
                decision.verdict().toString(),
                decision.reason().word(),
                decision.direction().word(),
                decision.instance());
    }

    private static Instance instance(String name) {
        return Objects.requireNonNull(POLICY.instances().get(name));
    }
}
