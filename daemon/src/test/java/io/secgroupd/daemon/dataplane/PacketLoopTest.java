package io.secgroupd.daemon.dataplane;

import static io.secgroupd.daemon.nfqueue.QueuedPacket.FORWARD;
import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_IN;
import static io.secgroupd.daemon.nfqueue.QueuedPacket.LOCAL_OUT;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.nfqueue.PacketMessages;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketLoopTest {

    private static final String CLIENT = "198.51.100.7";
    private static final String APP = "10.0.1.10";
    private static final String DB = "10.0.2.10";

    private final LoopHarness harness = new LoopHarness();

    @Test
    void answersABurstByOneWriteAndThenHandsItToTheLog() {
        harness.queue
                .packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"))
                .packet(LOCAL_IN, tcp(CLIENT, APP, 22, "S"))
                .packet(LOCAL_OUT, tcp(APP, DB, 3306, "S"))
                .packet(LOCAL_OUT, udp(APP, DB, 53));
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=DROP", "3=ACCEPT", "4=DROP");
        assertThat(harness.queue.writes()).isEqualTo(1);
        assertThat(harness.recorded)
                .containsExactly(
                        "ACCEPT rule ingress 198.51.100.7 > 10.0.1.10:443 in 3 generation 1 after 1 writes",
                        "REJECT no-matching-rule ingress 198.51.100.7 > 10.0.1.10:22 in 3 generation 1 after 1 writes",
                        "ACCEPT rule egress 10.0.1.10 > 10.0.2.10:3306 in 0 generation 1 after 1 writes",
                        "REJECT no-matching-rule egress 10.0.1.10 > 10.0.2.10:53 in 0 generation 1 after 1 writes",
                        "end of burst");
        assertThat(harness.counters())
                .containsExactlyInAnyOrder(
                        "ingress ACCEPT rule 1",
                        "ingress REJECT no-matching-rule 1",
                        "egress ACCEPT rule 1",
                        "egress REJECT no-matching-rule 1",
                        "BURST 1");
    }

    /** A client may end with its verdict, and its socket with it. */
    @Test
    void tellsABurstBeforeItsVerdictsAreSent() {
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S")).packet(LOCAL_OUT, tcp(APP, DB, 3306, "S"));
        harness.serve();
        harness.queue.packet(LOCAL_OUT, udp(APP, DB, 53));
        harness.serve();
        assertThat(harness.judged)
                .containsExactly(
                        "INPUT 443 after 0 writes",
                        "OUTPUT 3306 after 0 writes",
                        "verdicts",
                        "OUTPUT 53 after 1 writes",
                        "verdicts");
    }

    @Test
    void aFaultBeforeTheVerdictsKeepsNoneOfThemBack() {
        harness.judgedFault = "no sockets";
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S")).packet(LOCAL_OUT, udp(APP, DB, 53));
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=DROP");
        assertThat(harness.recorded).hasSize(3).endsWith("end of burst");
        assertThat(harness.faults).containsExactly("no sockets");
    }

    @Test
    void boundsABurstSoThatTheFirstPacketDoesNotWaitForTheLast() {
        for (int i = 0; i < PacketLoop.BURST + 1; i++) {
            harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        }
        assertThat(harness.serve()).isTrue();
        assertThat(harness.queue.verdicts()).hasSize(PacketLoop.BURST);
        assertThat(harness.serve()).isFalse();
        assertThat(harness.queue.verdicts()).hasSize(PacketLoop.BURST + 1);
        assertThat(harness.counters()).containsExactlyInAnyOrder("ingress ACCEPT rule 65", "BURST 2");
    }

    @Test
    void judgesEachBurstByTheNewestPolicy() {
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();
        harness.policy.replace(new PolicyInForce(Filters.nothingAllowed(), 2));
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=DROP");
        assertThat(harness.recorded)
                .anyMatch(line -> line.startsWith("REJECT no-matching-rule ingress") && line.contains("generation 2"));
    }

    @Test
    void judgesARoutedPacketByTheInstancesThatThisHostCarries() {
        harness.queue
                .packet(FORWARD, tcp(CLIENT, APP, 443, "S"))
                .packet(FORWARD, tcp(CLIENT, APP, 22, "S"))
                .packet(FORWARD, tcp(APP, CLIENT, 443, "S"))
                .packet(FORWARD, tcp(CLIENT, "203.0.113.1", 22, "S"));
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=DROP", "3=DROP", "4=ACCEPT");
        assertThat(harness.counters())
                .as("the direction is that of the half that decided")
                .containsExactlyInAnyOrder(
                        "ingress ACCEPT rule 1",
                        "ingress REJECT no-matching-rule 1",
                        "egress REJECT no-matching-rule 1",
                        "ingress ACCEPT no-instance 1",
                        "BURST 1");
    }

    @Test
    void rejectsWhatItCannotDecode() {
        harness.queue
                .packet(LOCAL_IN, Arrays.copyOf(tcp(CLIENT, APP, 443, "S"), 33))
                .packet(LOCAL_IN, new byte[0]);
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=DROP", "2=DROP");
        assertThat(harness.counters())
                .containsExactlyInAnyOrder("ingress REJECT undecodable 2", "TRUNCATED 2", "BURST 1");
    }

    @Test
    void acceptsWhatItCannotDecodeWhenToldTo() {
        var on = new FailureVerdicts(
                Verdict.REJECT, Verdict.REJECT, Verdict.ACCEPT, Verdict.REJECT, FailureVerdicts.Stop.KEEP);
        LoopHarness open = new LoopHarness(new LoopSettings(Mode.ENFORCE, Pickup.JUDGE, on));
        open.queue.packet(LOCAL_IN, new byte[20]);
        open.serve();
        assertThat(open.queue.verdicts()).containsExactly("1=ACCEPT");
        assertThat(open.counters())
                .containsExactlyInAnyOrder("ingress ACCEPT undecodable 1", "BAD_VERSION 1", "BURST 1");
    }

    @Test
    void observesWithoutEnforcing() {
        LoopHarness observing = new LoopHarness(new LoopSettings(Mode.OBSERVE, Pickup.JUDGE, FailureVerdicts.CLOSED));
        observing.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 22, "S")).packet(LOCAL_IN, new byte[0]);
        observing.serve();
        assertThat(observing.queue.verdicts()).containsExactly("1=ACCEPT", "2=ACCEPT");
        assertThat(observing.counters())
                .containsExactlyInAnyOrder(
                        "ingress REJECT no-matching-rule 1", "ingress REJECT undecodable 1", "TRUNCATED 1", "BURST 1");
    }

    @Test
    void hasWhatItRefusedAnsweredAfterItsVerdict() {
        var answered = new ArrayList<String>();
        LoopHarness harness = answering(Mode.ENFORCE, answered);
        harness.queue
                .packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"))
                .packet(LOCAL_IN, tcp(CLIENT, APP, 22, "S"))
                .packet(LOCAL_IN, new byte[20])
                .packet(LOCAL_OUT, udp(APP, DB, 53));
        harness.serve();
        assertThat(answered)
                .as("neither what was accepted nor what could not be decoded")
                .containsExactly("INPUT 22 40 bytes of 10.0.1.10", "OUTPUT 53 40 bytes of 10.0.2.10");
    }

    @Test
    void aHostThatObservesAnswersNothing() {
        var answered = new ArrayList<String>();
        LoopHarness harness = answering(Mode.OBSERVE, answered);
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 22, "S"));
        harness.serve();
        assertThat(answered).isEmpty();
    }

    @Test
    void whatAnInstanceOnlyObservesIsNotAnswered() {
        var answered = new ArrayList<String>();
        LoopHarness harness = answering(Mode.ENFORCE, answered);
        harness.policy.replace(new PolicyInForce(Filters.observingAppAndDatabase(), 2));
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 22, "S")).packet(LOCAL_IN, tcp(CLIENT, DB, 22, "S"));
        harness.serve();
        assertThat(answered).containsExactly("INPUT 22 40 bytes of 10.0.2.10");
    }

    private static LoopHarness answering(Mode mode, List<String> answered) {
        return new LoopHarness(new LoopSettings(
                mode,
                Pickup.JUDGE,
                FailureVerdicts.CLOSED,
                LaterRules.NONE,
                (hook, packet, bytes, offset, length, inInterface) -> answered.add(hook + " " + packet.destinationPort()
                        + " " + length + " bytes of " + IpAddress.ipv4(bytes.getInt(offset + 16)))));
    }

    /** Only what is accepted, and only where it takes nothing from a mark that the packet has already. */
    @Test
    void letsTheHostsOwnLaterRulesSeeWhatItAccepts() {
        var later = new LaterRules(() -> true, 0x5ec7_0000, 0xffff_0000);
        var settings = new LoopSettings(Mode.ENFORCE, Pickup.JUDGE, FailureVerdicts.CLOSED, later);
        LoopHarness harness = new LoopHarness(settings);
        harness.queue
                .marked(LOCAL_IN, 0, tcp(CLIENT, APP, 443, "S"))
                .marked(LOCAL_IN, 7, tcp(CLIENT, APP, 443, "S"))
                .marked(LOCAL_IN, 0x0001_0000, tcp(CLIENT, APP, 443, "S"))
                .marked(LOCAL_IN, 0x5ec7_0000, tcp(CLIENT, APP, 443, "S"))
                .marked(LOCAL_IN, 0, tcp(CLIENT, APP, 22, "S"));

        harness.serve();

        assertThat(harness.queue.verdicts())
                .containsExactly("1=REPEAT mark 5ec70000", "2=REPEAT mark 5ec70007", "3=ACCEPT", "4=ACCEPT", "5=DROP");
    }

    @Test
    void livesOnWhenJudgingOnePacketFails() {
        LoopHarness faulty = LoopHarness.failingOnPort(666);
        faulty.queue
                .packet(LOCAL_IN, tcp(CLIENT, APP, 666, "S"))
                .packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"))
                .packet(LOCAL_IN, tcp(CLIENT, APP, 666, "S"));
        faulty.serve();
        assertThat(faulty.queue.verdicts()).containsExactly("1=DROP", "2=ACCEPT", "3=DROP");
        assertThat(faulty.faults).as("reported once per kind").containsExactly("port 666");
        assertThat(faulty.counters())
                .containsExactlyInAnyOrder("ingress REJECT internal-error 2", "ingress ACCEPT rule 1", "BURST 1");
    }

    @Test
    void sendsVerdictsAlthoughTheLogFails() {
        harness.sinkFault = "disk on fire";
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S")).packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT", "2=ACCEPT");
        assertThat(harness.faults).containsExactly("disk on fire");
        assertThat(harness.counters()).containsExactlyInAnyOrder("ingress ACCEPT rule 2", "NOT_RECORDED 2", "BURST 1");
    }

    @Test
    void readsOnAfterTheKernelDroppedPackets() {
        harness.queue.overrun().packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT");
        assertThat(harness.counters()).containsExactlyInAnyOrder("OVERRUN 1", "ingress ACCEPT rule 1", "BURST 1");
    }

    @Test
    void countsVerdictsThatTheKernelRefused() {
        harness.queue.message(PacketMessages.error(Errno.ENOENT)).message(PacketMessages.error(0));
        harness.serve();
        assertThat(harness.counters()).containsExactly("VERDICT_REFUSED 1");
    }

    @Test
    void triesAgainWhenTheKernelHasNoRoomForVerdicts() {
        harness.queue.refuseWrites(2).packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT");
        harness.queue.refuseWrites(3).packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT");
        assertThat(harness.counters())
                .containsExactlyInAnyOrder("ingress ACCEPT rule 2", "VERDICT_NOT_SENT 1", "BURST 2");
    }

    @Test
    void passesOverMessagesThatAreNone() {
        harness.queue
                .message(new byte[] {1, 2, 3})
                .message(new byte[64])
                .message(PacketMessages.withoutId())
                .packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.serve();
        assertThat(harness.queue.verdicts()).containsExactly("1=ACCEPT");
        assertThat(harness.counters())
                .containsExactlyInAnyOrder("MALFORMED_MESSAGE 3", "ingress ACCEPT rule 1", "BURST 1");
    }

    @Test
    void answersMorePacketsInOneReadThanABurstHolds() {
        byte[] one = PacketMessages.packet(7, LOCAL_IN, 3, tcp(CLIENT, APP, 443, "S"));
        byte[] many = new byte[one.length * 100];
        for (int i = 0; i < 100; i++) {
            System.arraycopy(one, 0, many, i * one.length, one.length);
        }
        harness.queue.message(many);
        harness.serve();
        assertThat(harness.queue.verdicts()).isEqualTo(Collections.nCopies(100, "7=ACCEPT"));
        assertThat(harness.counters()).containsExactlyInAnyOrder("ingress ACCEPT rule 100", "BURST 2");
    }

    @Test
    void anAcknowledgementIsNoRefusalOfAVerdict() {
        harness.queue.message(PacketMessages.error(0)).message(KernelBytes.done(1, 0));
        harness.serve();

        assertThat(harness.counters()).isEmpty();
    }

    @Test
    void looksOnceMoreAfterPacketsInNumbersAndNotAfterASingleOne() {
        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.wakeUp();
        assertThat(harness.queue.reads()).isEqualTo(1);

        harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S")).packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        harness.wakeUp();
        assertThat(harness.queue.reads()).isEqualTo(3);
        assertThat(harness.queue.verdicts()).hasSize(3);
    }

    @Test
    void aFloodLeavesTheEventLoopItsTurn() {
        for (int i = 0; i < PacketLoop.BURST * 64 + 1; i++) {
            harness.queue.packet(LOCAL_IN, tcp(CLIENT, APP, 443, "S"));
        }
        harness.wakeUp();
        assertThat(harness.queue.verdicts()).hasSize(PacketLoop.BURST * 64);

        harness.wakeUp();
        assertThat(harness.queue.verdicts()).hasSize(PacketLoop.BURST * 64 + 1);
        assertThat(harness.stopped).isEmpty();
    }

    @Test
    void endsWhenTheDescriptorBreaks() {
        harness.queue.breakDown();
        assertThatThrownBy(harness::serveOrThrow).hasMessage("broken descriptor");
        harness.wakeUp();
        assertThat(harness.stopped).containsExactly("broken descriptor");
        assertThat(harness.queue.closed()).isTrue();
        assertThat(harness.registration.isValid()).isFalse();
    }
}
