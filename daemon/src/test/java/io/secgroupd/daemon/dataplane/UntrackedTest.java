package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_IN;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.packet.PacketBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that the host of app-1 takes out of connection tracking: each may be an answer, even where pickups are refused. */
class UntrackedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # what comes and what goes by the rules, and the answers to both
        IN  | 198.51.100.7:40000 > 10.0.1.10:443   | S  | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        OUT | 10.0.1.10:443 > 198.51.100.7:40000   | SA | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        OUT | 10.0.1.10:40000 > 10.0.2.10:3306     | A  | ACCEPT rule egress 10.0.1.10 > 10.0.2.10:3306
        IN  | 10.0.2.10:3306 > 10.0.1.10:40000     | SA | ACCEPT rule egress 10.0.1.10 > 10.0.2.10:3306
        # a SYN answers nothing
        IN  | 10.0.2.10:3306 > 10.0.1.10:40000     | S  | REJECT no-matching-rule ingress 10.0.2.10 > 10.0.1.10:40000
        # allowed in neither orientation
        IN  | 198.51.100.7:3306 > 10.0.1.10:40000  | A  | REJECT no-matching-rule ingress 198.51.100.7 > 10.0.1.10:40000
        """)
    void judgesEachPacketByItself(String hook, String packet, String flags, String expected) {
        assertThat(PickupTest.outcome(LoopHarness.untracked(opened -> true), hook, packet, flags))
                .startsWith(expected + " in ");
    }

    @Test
    void anAnswerToWhatNoSocketHasAskedIsForged() {
        assertThat(PickupTest.outcome(
                        LoopHarness.untracked(opened -> false), "IN", "10.0.2.10:3306 > 10.0.1.10:40000", "A"))
                .startsWith("REJECT no-matching-rule ingress");
    }

    @Test
    void aCandidateIsAskedAboutAnAnswerAsTheRulesInForceAre() {
        LoopHarness harness = LoopHarness.untracked(opened -> true);
        ShadowPolicy candidate = ShadowPolicy.of(Filters.nothingAllowed());
        harness.policy.replace(new PolicyInForce(Filters.app(), 1, RuleHits.NONE, candidate));
        harness.queue
                .packet(LOCAL_IN, PacketBuilder.tcp("10.0.2.10", 3306, "10.0.1.10", 40000, "A"))
                .packet(LOCAL_IN, PacketBuilder.tcp("198.51.100.7", 40000, "10.0.1.10", 443, "S"));
        harness.serve();

        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=ACCEPT");
        assertThat(harness.recorded.get(0)).endsWith("but REJECT no-matching-rule");
        assertThat(harness.recorded.get(1)).endsWith("but REJECT no-matching-rule");
        assertThat(candidate.compared()).isEqualTo(2);
    }
}
