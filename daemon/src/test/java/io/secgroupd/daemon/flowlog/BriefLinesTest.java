package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.decide.Decision;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Of a busy log as much is told as anybody can look at, and of the rest how much it was. */
class BriefLinesTest {

    private static final int AT_ONCE = BriefLines.PER_SECOND;

    private final BriefLines brief = new BriefLines();

    @Test
    void ofAFloodSomeLinesAreTakenAndTheOthersAreCounted() {
        assertThat(taken(Records.ACCEPTED, AT_ONCE + 70, 0)).isEqualTo(AT_ONCE);
        assertThat(taken(Records.ACCEPTED, 30, 40)).isEqualTo(10);

        assertThat(handedOver(40)).isEqualTo("{\"left_out\":90,\"accepted\":90,\"refused\":0}\n");
    }

    @Test
    void whatIsTakenOfAFloodIsSpreadEvenlyOverTime() {
        taken(Records.ACCEPTED, AT_ONCE, 0);

        for (int window = 1; window <= 10; window++) {
            assertThat(taken(Records.ACCEPTED, 6_000, 100L * window)).isEqualTo(BriefLines.PER_SECOND / 10);
        }
        assertThat(handedOver(1000)).isEqualTo("{\"left_out\":59750,\"accepted\":59750,\"refused\":0}\n");
    }

    @Test
    void aFloodOfAcceptedOnesTakesNoRoomFromRefusals() {
        taken(Records.ACCEPTED, 5000, 0);

        assertThat(taken(Records.REFUSED, AT_ONCE + 1, 0)).isEqualTo(AT_ONCE);
        assertThat(handedOver(0)).contains("\"refused\":1}");
    }

    @Test
    void linesAreHandedOverNowAndThenAndOnce() {
        brief.lines().put('a');
        assertThat(brief.isDue(Records.NOON)).isTrue();
        assertThat(handedOver(0)).isEqualTo("a");

        brief.lines().put('b');
        assertThat(brief.isDue(Records.NOON + BriefLines.EVERY_MILLIS - 1)).isFalse();
        assertThat(brief.isDue(Records.NOON + BriefLines.EVERY_MILLIS)).isTrue();
        assertThat(brief.isDue(Records.NOON - 1)).as("the clock was set back").isTrue();
        assertThat(handedOver(BriefLines.EVERY_MILLIS)).isEqualTo("b");
        assertThat(brief.isDue(Records.NOON + 60_000))
                .as("there is nothing new")
                .isFalse();
    }

    private int taken(Decision decision, int records, long millis) {
        FlowRecord record = Records.record(Records.NOON, decision, tcp("10.0.1.10", "10.0.2.10", 3306, "S"));
        int taken = 0;
        for (int i = 0; i < records; i++) {
            taken += brief.takes(record, Records.NOON + millis) ? 1 : 0;
        }
        return taken;
    }

    private String handedOver(long millis) {
        return new String(brief.handOver(Records.NOON + millis), StandardCharsets.UTF_8);
    }
}
