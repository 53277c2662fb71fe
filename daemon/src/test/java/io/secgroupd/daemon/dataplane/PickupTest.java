package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.nfqueue.QueuedPacket.FORWARD;
import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_IN;
import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_OUT;
import static io.secgroupd.rules.testkit.PolicyBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.net.FlowTuple;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First packets that are no SYN, on the host of app-1: 443 may come in, 3306 may go out to 10.0.2.10. */
class PickupTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # a packet of a connection that the client opened, met on its way in, and the answer to it on its way out
        IN  | 198.51.100.7:40000 > 10.0.1.10:443   | A  | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        OUT | 10.0.1.10:443 > 198.51.100.7:40000   | PA | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        # the same for a connection that app-1 opened to the database
        OUT | 10.0.1.10:40000 > 10.0.2.10:3306     | A  | ACCEPT rule egress 10.0.1.10 > 10.0.2.10:3306
        IN  | 10.0.2.10:3306 > 10.0.1.10:40000     | A  | ACCEPT rule egress 10.0.1.10 > 10.0.2.10:3306
        # allowed in neither orientation: recorded as it came
        IN  | 198.51.100.7:3306 > 10.0.1.10:40000  | A  | REJECT no-matching-rule ingress 198.51.100.7 > 10.0.1.10:40000
        OUT | 10.0.1.10:22 > 198.51.100.7:40000    | A  | REJECT no-matching-rule egress 10.0.1.10 > 198.51.100.7:40000
        # a SYN opens a connection, so the other orientation is none of its business
        OUT | 10.0.1.10:443 > 198.51.100.7:40000   | S  | REJECT no-matching-rule egress 10.0.1.10 > 198.51.100.7:40000
        # routed through this host
        FWD | 10.0.1.10:443 > 198.51.100.7:40000   | A  | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        FWD | 10.0.1.10:22 > 198.51.100.7:40000    | A  | REJECT no-matching-rule egress 10.0.1.10 > 198.51.100.7:40000
        FWD | 198.51.100.7:40000 > 10.0.1.10:22    | A  | REJECT no-matching-rule ingress 198.51.100.7 > 10.0.1.10:22
        # app-1 may connect to the database, but only app-1 itself is believed to answer: the ACK may be a scan
        FWD | 10.0.2.10:3306 > 10.0.1.10:40000     | A  | REJECT no-matching-rule ingress 10.0.2.10 > 10.0.1.10:40000
        """)
    void judgesBothOrientations(String hook, String packet, String flags, String expected) {
        assertThat(outcome(Pickup.JUDGE, hook, packet, flags)).startsWith(expected + " in ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # app-1 may connect to the database, but no socket of it does: the ACK is forged, or a scan
        IN  | 10.0.2.10:3306 > 10.0.1.10:40000     | A  | REJECT no-matching-rule ingress 10.0.2.10 > 10.0.1.10:40000
        # what leaves has been sent by a socket, what is routed has none here, an open port needs no other evidence
        OUT | 10.0.1.10:443 > 198.51.100.7:40000   | PA | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        FWD | 10.0.1.10:443 > 198.51.100.7:40000   | A  | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        IN  | 198.51.100.7:40000 > 10.0.1.10:443   | A  | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        """)
    void whatArrivesAsIfWeHadOpenedItNeedsALocalSocket(String hook, String packet, String flags, String expected) {
        LoopHarness harness = new LoopHarness(LoopSettings.DEFAULT, view -> false);

        assertThat(outcome(harness, hook, packet, flags)).startsWith(expected + " in ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        IN  | 198.51.100.7:40000 > 10.0.1.10:443   | A  | REJECT pickup ingress 198.51.100.7 > 10.0.1.10:443
        IN  | 198.51.100.7:40000 > 10.0.1.10:22    | A  | REJECT pickup ingress 198.51.100.7 > 10.0.1.10:22
        IN  | 198.51.100.7:40000 > 10.0.1.10:443   | S  | ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443
        # what is routed between strangers is not judged, and so not refused
        FWD | 198.51.100.7:40000 > 10.0.9.9:443    | A  | ACCEPT no-instance ingress 198.51.100.7 > 10.0.9.9:443
        """)
    void refusesThemWhenToldTo(String hook, String packet, String flags, String expected) {
        assertThat(outcome(Pickup.REJECT, hook, packet, flags)).startsWith(expected + " in ");
    }

    @Test
    void aConnectionThatWasCutIsPickedUpFromNeitherEnd() {
        var cut = new CutFlows();
        cut.replace(List.of(new FlowTuple(address("198.51.100.7"), address("10.0.1.10"), 6, 40000, 443, 0, 0)));

        assertThat(outcome(LoopHarness.withCut(cut), "IN", "198.51.100.7:40000 > 10.0.1.10:443", "A"))
                .startsWith("REJECT pickup ingress");
        assertThat(outcome(LoopHarness.withCut(cut), "OUT", "10.0.1.10:443 > 198.51.100.7:40000", "PA"))
                .startsWith("REJECT pickup egress");
        assertThat(outcome(LoopHarness.withCut(cut), "IN", "198.51.100.7:40000 > 10.0.1.10:443", "S"))
                .as("a new one is judged as any other")
                .startsWith("ACCEPT rule ingress");
        assertThat(outcome(LoopHarness.withCut(cut), "IN", "198.51.100.7:40001 > 10.0.1.10:443", "A"))
                .startsWith("ACCEPT rule ingress");
    }

    private static String outcome(Pickup pickup, String hook, String packet, String flags) {
        return outcome(
                new LoopHarness(new LoopSettings(Mode.ENFORCE, pickup, FailureVerdicts.CLOSED)), hook, packet, flags);
    }

    /** What is recorded of one packet, which has this verdict. */
    static String outcome(LoopHarness harness, String hook, String packet, String flags) {
        String[] words = packet.split("[: >]+");
        harness.queue.packet(
                switch (hook) {
                    case "IN" -> LOCAL_IN;
                    case "OUT" -> LOCAL_OUT;
                    default -> FORWARD;
                },
                PacketBuilder.tcp(words[0], Integer.parseInt(words[1]), words[2], Integer.parseInt(words[3]), flags));
        harness.serve();
        String line = harness.recorded.get(0);
        assertThat(harness.queue.verdicts()).containsExactly(line.startsWith("ACCEPT") ? "1=ACCEPT" : "1=DROP");
        return line;
    }
}
