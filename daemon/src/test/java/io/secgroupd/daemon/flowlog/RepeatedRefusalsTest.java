package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.flowlog.Records.ACCEPTED;
import static io.secgroupd.daemon.flowlog.Records.NOON;
import static io.secgroupd.daemon.flowlog.Records.REFUSED;
import static io.secgroupd.daemon.packet.PacketBuilder.icmp;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.refused.FakeNftables;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel may refuse by itself is a SYN or a datagram that this host has refused several times, and nothing else. */
class RepeatedRefusalsTest {

    private static final byte[] SYN = tcp("198.51.100.7", "10.0.2.10", 22, "S");

    @AutoClose
    private final RefusalCache cache = new RefusalCache("it has not begun");

    private final RepeatedRefusals repeated = new RepeatedRefusals(cache);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path proc;

    @BeforeEach
    void start() throws IOException {
        cache.start(new FakeNftables(), proc);
    }

    @Test
    void theThirdRefusalOfASynIsOffered() {
        assertThat(isOffered(judged(Records.record(NOON, REFUSED, SYN)), 1)).isFalse();
        assertThat(isOffered(judged(Records.record(NOON, REFUSED, SYN)), 2)).isTrue();
    }

    @Test
    void whatWasOfferedIsOfferedAgainOnlyWhenTheKernelHasForgottenIt() {
        FlowRecord refused = judged(Records.record(NOON, REFUSED, SYN));
        long offered = repeated.offer(refused, 5, 0);
        assertThat(offered).isEqualTo(cache.turns());
        assertThat(repeated.offer(refused, 6, offered)).isEqualTo(offered);

        cache.replacePolicy(edition -> {});

        assertThat(repeated.offer(refused, 7, offered))
                .as("an earlier policy has refused it")
                .isEqualTo(offered);
        assertThat(repeated.offer(judged(refused), 8, offered)).isGreaterThan(offered);
    }

    @Test
    void anyOtherSegmentMayBelongToAConnection() {
        for (String flags : new String[] {"SA", "A", "R", "FA", "SF"}) {
            byte[] segment = tcp("198.51.100.7", "10.0.2.10", 22, flags);
            assertThat(isOffered(judged(Records.record(NOON, REFUSED, segment)), 9))
                    .as(flags)
                    .isFalse();
        }
    }

    @Test
    void aDatagramIsOfferedUnlessItsSourcePortMattersToo() {
        for (int port : new int[] {53, 40_000}) {
            byte[] datagram = udp("198.51.100.7", "10.0.2.10", port);
            assertThat(isOffered(judged(Records.record(NOON, REFUSED, datagram)), 9))
                    .isTrue();
        }
        for (int ofDhcp : new int[] {68, 546}) {
            byte[] datagram = udp("198.51.100.7", "10.0.2.10", ofDhcp);
            assertThat(isOffered(judged(Records.record(NOON, REFUSED, datagram)), 9))
                    .isFalse();
        }
    }

    @Test
    void anErrorOrAPingIsJudgedEachTime() {
        byte[] ping = icmp("198.51.100.7", "10.0.2.10", 8, 1);
        assertThat(isOffered(judged(Records.record(NOON, REFUSED, ping)), 9)).isFalse();
    }

    @Test
    void whatAnInstanceOrACandidateWouldLetInIsJudgedEachTime() {
        Decision observed = Decision.observe(Direction.INGRESS, Reason.NO_MATCHING_RULE, "orders-1");
        assertThat(isOffered(judged(record(observed, true, LocalEnd.DESTINATION)), 9))
                .isFalse();
        assertThat(isOffered(judged(Records.shadowed(NOON, REFUSED, ACCEPTED, SYN)), 9))
                .isFalse();
    }

    @Test
    void whatIsRoutedOrSentIsJudgedEachTime() {
        assertThat(isOffered(judged(record(REFUSED, false, LocalEnd.NONE)), 9)).isFalse();
        assertThat(isOffered(judged(record(REFUSED, false, LocalEnd.SOURCE)), 9))
                .isFalse();
        assertThat(isOffered(judged(record(REFUSED, false, LocalEnd.DESTINATION)), 9))
                .isTrue();
    }

    @Test
    void aRefusalThatIsNotByThePolicyIsJudgedEachTime() {
        for (Reason reason :
                new Reason[] {Reason.PICKUP, Reason.INTERNAL_ERROR, Reason.UNDECODABLE, Reason.OWN_SOURCE}) {
            Decision other = FixedDecisions.of(Verdict.REJECT, reason).ingress();
            assertThat(isOffered(judged(record(other, false, LocalEnd.DESTINATION)), 9))
                    .as(reason.word())
                    .isFalse();
        }
    }

    @Test
    void aPacketThatNobodyKnowsTheEditionOfIsNotOffered() {
        assertThat(isOffered(Records.record(NOON, REFUSED, SYN), 9)).isFalse();
    }

    private FlowRecord judged(FlowRecord record) {
        record.judgedBy(cache.edition());
        return record;
    }

    private boolean isOffered(FlowRecord record, long gathered) {
        return repeated.offer(record, gathered, 0) != 0;
    }

    private static FlowRecord record(Decision decision, boolean observed, LocalEnd end) {
        var view = Records.view(SYN);
        var record = new FlowRecord();
        record.fill(
                NOON, decision, null, observed, view, view.length(), view.tcpFlags(), view.tcpSequence(), 1, 7, end);
        return record;
    }
}
