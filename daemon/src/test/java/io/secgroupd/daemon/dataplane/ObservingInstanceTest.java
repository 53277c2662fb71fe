package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.nfqueue.QueuedPacket.FORWARD;
import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_IN;
import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_OUT;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host with an instance that observes and one that enforces. */
class ObservingInstanceTest {

    private static final String CLIENT = "198.51.100.7";
    private static final String OBSERVING = "10.0.1.10";
    private static final String ENFORCING = "10.0.2.10";

    private final LoopHarness harness = new LoopHarness();

    @BeforeEach
    void oneOfTwoObserves() {
        harness.policy.replace(new PolicyInForce(Filters.observingAppAndDatabase(), 2));
    }

    @Test
    void whatItsRulesRefuseIsLetInAndKeepsItsVerdict() {
        harness.queue
                .packet(LOCAL_IN, tcp(CLIENT, OBSERVING, 22, "S"))
                .packet(LOCAL_IN, tcp(CLIENT, OBSERVING, 443, "S"))
                .packet(LOCAL_OUT, tcp(OBSERVING, CLIENT, 25, "S"))
                .packet(LOCAL_IN, tcp(CLIENT, ENFORCING, 22, "S"))
                .packet(LOCAL_OUT, tcp(ENFORCING, CLIENT, 25, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=ACCEPT", "3=ACCEPT", "4=DROP", "5=DROP");
        assertThat(harness.counters())
                .containsExactlyInAnyOrder(
                        "ingress ACCEPT rule 1",
                        "ingress REJECT no-matching-rule 2",
                        "egress REJECT no-matching-rule 2",
                        "BURST 1");
        assertThat(harness.observed(Direction.INGRESS, Reason.NO_MATCHING_RULE)).isEqualTo(1);
        assertThat(harness.observed(Direction.EGRESS, Reason.NO_MATCHING_RULE)).isEqualTo(1);
    }

    @Test
    void betweenTwoInstancesTheRefusalOfTheOneThatEnforcesCounts() {
        harness.queue
                .packet(FORWARD, tcp(OBSERVING, ENFORCING, 22, "S"))
                .packet(FORWARD, tcp(OBSERVING, ENFORCING, 443, "S"))
                .packet(FORWARD, tcp(ENFORCING, OBSERVING, 443, "S"))
                .packet(LOCAL_IN, tcp(OBSERVING, ENFORCING, 22, "S"))
                .packet(LOCAL_OUT, tcp(OBSERVING, ENFORCING, 22, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=DROP", "2=ACCEPT", "3=DROP", "4=DROP", "5=DROP");
        assertThat(harness.observed(Direction.EGRESS, Reason.NO_MATCHING_RULE)).isEqualTo(1);
        assertThat(harness.observed(Direction.INGRESS, Reason.NO_MATCHING_RULE)).isZero();
    }

    @Test
    void whatNoRuleOfItsRefusesIsRefusedAsEverywhere() {
        harness.queue.packet(LOCAL_IN, new byte[0]).packet(LOCAL_IN, tcp(CLIENT, "10.0.9.9", 22, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=DROP", "2=DROP");
        assertThat(harness.observed(Direction.INGRESS, Reason.UNDECODABLE)).isZero();
        assertThat(harness.observed(Direction.INGRESS, Reason.NO_INSTANCE)).isZero();
    }

    @Test
    void aPickupIsLetInWhereOneOrientationIsOnlyObserved() {
        harness.queue
                .packet(LOCAL_IN, tcp(CLIENT, OBSERVING, 22, "A"))
                .packet(LOCAL_IN, tcp(CLIENT, ENFORCING, 22, "A"))
                .packet(FORWARD, tcp(ENFORCING, OBSERVING, 22, "A"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=DROP", "3=DROP");
    }

    /** As what opened it would be: refused by the one that only observes. */
    @Test
    void theAnswerOfOneThatObservesReachesWhoeverMayAskIt() {
        harness.policy.replace(new PolicyInForce(Filters.observingAppAskedByDatabase(), 3));
        harness.queue
                .packet(FORWARD, tcp(OBSERVING, 22, ENFORCING, 40_000, "A"))
                .packet(FORWARD, tcp(OBSERVING, 22, ENFORCING, 40_000, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=DROP");
        assertThat(harness.recorded.get(0)).startsWith("REJECT no-matching-rule ingress 10.0.2.10 > 10.0.1.10:22 in ");
        assertThat(harness.observed(Direction.INGRESS, Reason.NO_MATCHING_RULE)).isEqualTo(1);
    }

    @Test
    void theHostsOwnRefusalOfPickupsHolds() {
        var refusing = new LoopHarness(new LoopSettings(Mode.ENFORCE, Pickup.REJECT, FailureVerdicts.CLOSED));
        refusing.policy.replace(new PolicyInForce(Filters.observingAppAndDatabase(), 2));
        refusing.queue.packet(LOCAL_IN, tcp(CLIENT, OBSERVING, 443, "A"));
        refusing.serve();

        assertThat(refusing.queue.verdicts()).containsExactly("1=DROP");
    }

    @Test
    void onAHostThatObservesEverythingIsLetIn() {
        var observing = new LoopHarness(new LoopSettings(Mode.OBSERVE, Pickup.JUDGE, FailureVerdicts.CLOSED));
        observing.policy.replace(new PolicyInForce(Filters.observingAppAndDatabase(), 2));
        observing.queue.packet(LOCAL_IN, tcp(CLIENT, ENFORCING, 22, "S")).packet(LOCAL_IN, new byte[0]);
        observing.serve();

        assertThat(observing.queue.verdicts()).containsExactly("1=ACCEPT", "2=ACCEPT");
        assertThat(observing.observed(Direction.INGRESS, Reason.NO_MATCHING_RULE))
                .isEqualTo(1);
        assertThat(observing.observed(Direction.INGRESS, Reason.UNDECODABLE)).isEqualTo(1);
    }
}
