package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.CutFlows;
import io.secgroupd.daemon.dataplane.DataPlane;
import io.secgroupd.daemon.dataplane.LoopCounters;
import io.secgroupd.daemon.dataplane.LoopListener;
import io.secgroupd.daemon.dataplane.LoopSettings;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.nfqueue.PracticeQueue;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Practice goes through every part of the packet path, and ends. */
class WarmUpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());

    @Test
    void judgesAllItsPackets() throws Exception {
        assertThat(WarmUp.run(DaemonSettings.DEFAULT, PATIENCE)).isTrue();
    }

    @Test
    void takesNoLongerThanItMay() throws Exception {
        assertThat(WarmUp.run(DaemonSettings.DEFAULT, Duration.ZERO)).isFalse();
    }

    /** Each kind of packet twice. A packet that cannot be decoded would practise nothing. */
    @Test
    void acceptsAndRefusesInBothDirections() throws Exception {
        int rounds = 2;
        LoopCounters counters = judged(rounds * PracticePolicy.packets().size());

        assertThat(Arrays.stream(DecodeStatus.values()).mapToLong(counters::undecodable))
                .containsOnly(0L);
        assertThat(counters.decisions(Direction.INGRESS, Verdict.ACCEPT, Reason.RULE))
                .isEqualTo(rounds * 5L);
        assertThat(counters.decisions(Direction.INGRESS, Verdict.REJECT, Reason.NO_MATCHING_RULE))
                .isEqualTo(rounds * 3L);
        assertThat(counters.decisions(Direction.EGRESS, Verdict.ACCEPT, Reason.RULE))
                .isEqualTo(rounds);
        assertThat(counters.decisions(Direction.EGRESS, Verdict.REJECT, Reason.NO_MATCHING_RULE))
                .isEqualTo(rounds);
        assertThat(faults).isEmpty();
    }

    private LoopCounters judged(int packets) throws Exception {
        var policy = new ActivePolicy(new PolicyInForce(PracticePolicy.filter(), 1));
        try (PracticeQueue queue = PracticeQueue.open(PracticePolicy.packets(), packets);
                DataPlane plane = DataPlane.start(
                        List.of(queue), policy, new CutFlows(), LoopSettings.DEFAULT, WarmUpTest::ring, listener())) {
            assertThat(queue.awaitJudged(PATIENCE)).isTrue();
            return plane.counters().get(0);
        }
    }

    private static FlowRing ring() {
        return new FlowRing(64, FlowRing.Wanted.ALL, false, System::currentTimeMillis);
    }

    private LoopListener listener() {
        return new LoopListener() {
            @Override
            public void faulted(RuntimeException first) {
                faults.add(first);
            }

            @Override
            public void stopped(Throwable fault) {
                faults.add(fault);
            }
        };
    }
}
