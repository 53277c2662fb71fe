package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_IN;
import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_OUT;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.Hook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A candidate is judged beside the policy in force on the same packets, and changes none of their verdicts. */
class ShadowLoopTest {

    private static final String CLIENT = "198.51.100.7";
    private static final String APP = "10.0.1.10";

    private final LoopHarness harness = new LoopHarness();

    @Test
    void whatTheCandidateWouldRefuseIsAcceptedAndRecordedWithItsReason() {
        ShadowPolicy shadow = beside(Filters.app(), Filters.nothingAllowed());
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S")).packet(LOCAL_IN, tcp(CLIENT, APP, 22, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=DROP");
        assertThat(harness.recorded.get(0)).startsWith("ACCEPT rule").endsWith("but REJECT no-matching-rule");
        assertThat(harness.recorded.get(1)).doesNotContain("but");
        assertThat(shadow.compared()).isEqualTo(2);
        assertThat(differences(shadow)).containsExactly("ACCEPT REJECT 198.51.100.7 443 1x");
    }

    @Test
    void whatTheCandidateWouldAllowIsRefused() {
        ShadowPolicy shadow = beside(Filters.nothingAllowed(), Filters.app());
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S")).packet(LOCAL_IN, tcp("198.51.100.8", APP, 443, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=DROP", "2=DROP");
        assertThat(harness.recorded.get(0))
                .startsWith("REJECT no-matching-rule")
                .endsWith("but ACCEPT rule");
        assertThat(differences(shadow)).containsExactly("REJECT ACCEPT 198.51.100.7 443 2x");
    }

    @Test
    void whatAnObservingInstanceLetsInIsNewlyRefusedByACandidateThatEnforces() {
        ShadowPolicy shadow = beside(Filters.observingAppAndDatabase(), Filters.app());
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 22, "S")).packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=ACCEPT");
        assertThat(differences(shadow)).containsExactly("REJECT REJECT 198.51.100.7 22 1x");
    }

    @Test
    void anAnswerIsJudgedByTheCandidateAsItCame() {
        ShadowPolicy shadow = beside(Filters.app(), Filters.nothingAllowed());
        harness.queue.packet(LOCAL_OUT, tcp(APP, 443, CLIENT, 40_000, "A")); // the answer to what came to port 443
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT");
        assertThat(harness.recorded.get(0))
                .as("the log has the flow as it was opened")
                .contains(CLIENT + " > " + APP + ":443")
                .endsWith("but REJECT no-matching-rule");
        assertThat(differences(shadow)).containsExactly("ACCEPT REJECT 198.51.100.7 443 1x");
    }

    @Test
    void aSegmentThatMayCloseTheSocketThatSpeaksForItIsJudgedBeforeItIsDelivered() {
        List<LoopHarness> made = new ArrayList<>();
        var loop = new LoopHarness(
                LoopSettings.DEFAULT, opened -> made.get(0).queue.writes() == 0);
        made.add(loop);
        ShadowPolicy candidate = ShadowPolicy.of(Filters.app());
        loop.policy.replace(new PolicyInForce(Filters.everythingIn(), 1, RuleHits.NONE, candidate));
        loop.queue.packet(LOCAL_IN, tcp("10.0.2.10", 3306, APP, 40_000, "R"));
        loop.serve();

        assertThat(loop.queue.verdicts()).containsExactly("1=ACCEPT");
        assertThat(candidate.compared()).isEqualTo(1);
        assertThat(differences(candidate))
                .as("the candidate lets in answers of the database")
                .isEmpty();
    }

    @Test
    void whatNoRuleCanJudgeIsNotCompared() {
        ShadowPolicy shadow = beside(Filters.app(), Filters.nothingAllowed());
        harness.queue.packet(LOCAL_IN, new byte[20]);
        harness.serve();

        assertThat(shadow.compared()).isZero();
        assertThat(differences(shadow)).isEmpty();
    }

    /** No rule of a candidate could have decided otherwise. */
    @Test
    void whatADefectHasDecidedIsNotCompared() {
        var loop = LoopHarness.failingOnPort(443);
        ShadowPolicy candidate = ShadowPolicy.of(Filters.nothingAllowed());
        loop.policy.replace(new PolicyInForce(Filters.app(), 1, RuleHits.NONE, candidate));
        loop.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        loop.serve();

        assertThat(loop.queue.verdicts()).containsExactly("1=DROP");
        assertThat(candidate.compared()).isZero();
    }

    @Test
    void aSinglePacketIsComparedOnlyWhereRulesHaveDecidedIt() {
        var judge = new ShadowJudge(new PacketJudge(Pickup.JUDGE, opened -> true), false);
        ShadowPolicy candidate = ShadowPolicy.of(Filters.nothingAllowed());
        var packet = new PacketView();

        assertThat(judge.compare(candidate, JudgedPacket.UNDECIDED, Hook.INPUT, packet, 1000))
                .isNull();
        assertThat(candidate.compared()).isZero();
        assertThat(judge.compare(candidate, ShadowFlows.decisions().accepted(), Hook.INPUT, packet, 1000))
                .isNotNull();
        assertThat(candidate.compared()).isEqualTo(1);
    }

    @Test
    void aCandidateThatFailsIsCountedAndNothingElse() {
        ShadowPolicy shadow = beside(Filters.app(), Filters.faulty(APP));
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT");
        assertThat(harness.faults).isEmpty();
        assertThat(shadow.faults()).isEqualTo(1);
        assertThat(differences(shadow)).isEmpty();
    }

    @Test
    void aScanOfPortsLeavesRoomForOtherDifferences() {
        var table = new DifferenceTable(16);
        var scanned = ShadowFlows.decisions();
        for (int port = 1; port <= 1000; port++) {
            table.count(scanned.refused(), scanned.accepted(), ShadowFlows.toPort(port), port);
        }
        table.count(scanned.accepted(), scanned.refused(), ShadowFlows.toPort(5), 2000);

        assertThat(table.counters())
                .filteredOn(DifferenceCounter::isOfAnyService)
                .extracting(DifferenceCounter::count)
                .containsExactlyInAnyOrder(988L, 1L);
        assertThat(table.counters())
                .filteredOn(counter -> !counter.isOfAnyService())
                .hasSize(12);
        assertThat(table.others(true).count()).isZero();
    }

    @Test
    void whatFindsNoRoomAtAllIsCountedByItsKind() {
        var table = new DifferenceTable(1);
        var one = ShadowFlows.decisions();
        var other = ShadowFlows.decisions();
        table.count(one.refused(), one.accepted(), ShadowFlows.toPort(1), 10);
        table.count(other.refused(), other.accepted(), ShadowFlows.toPort(1), 20);
        table.count(other.refused(), other.accepted(), ShadowFlows.toPort(1), 30);

        assertThat(table.counters()).hasSize(1);
        assertThat(table.others(false).count()).isEqualTo(2);
        assertThat(table.others(false).first()).isEqualTo(20);
        assertThat(table.others(false).last()).isEqualTo(30);
        assertThat(table.others(true).count()).isZero();
    }

    private ShadowPolicy beside(PacketFilter inForce, PacketFilter candidate) {
        ShadowPolicy shadow = ShadowPolicy.of(candidate);
        harness.policy.replace(new PolicyInForce(inForce, 1, RuleHits.NONE, shadow));
        return shadow;
    }

    private static List<String> differences(ShadowPolicy shadow) {
        return shadow.differences().counters().stream()
                .map(met -> met.inForce().verdict() + " " + met.candidate().verdict() + " "
                        + met.example().source() + " " + met.example().destinationPort() + " " + met.count() + "x")
                .toList();
    }
}
