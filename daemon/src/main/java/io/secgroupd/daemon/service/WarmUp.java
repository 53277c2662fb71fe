package io.secgroupd.daemon.service;

import io.secgroupd.daemon.dataplane.ActivePolicy;
import io.secgroupd.daemon.dataplane.CutFlows;
import io.secgroupd.daemon.dataplane.DataPlane;
import io.secgroupd.daemon.dataplane.LoopListener;
import io.secgroupd.daemon.dataplane.LoopSettings;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import io.secgroupd.daemon.dataplane.RuleCounters;
import io.secgroupd.daemon.flowlog.FlowLogWriter;
import io.secgroupd.daemon.flowlog.FlowRing;
import io.secgroupd.daemon.flowlog.FlowTap;
import io.secgroupd.daemon.nfqueue.PracticeQueue;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.rules.decide.PacketFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Judges packets that nobody has sent, before the first that somebody has: these find the classes loaded and the code of the packet
 * path compiled, and do not wait for that. Everything that counts, logs or remembers is the practice's own and ends with it: neither
 * the daemon's counters nor the flow log nor the kernel ever see such a packet.
 */
final class WarmUp {

    /** Enough for the first compiler to have seen every method that each packet goes through. */
    static final int PACKETS = 3_000;

    /** No start is later than this because of a slow machine: what is not practised by then is learnt from real packets. */
    static final Duration LONGEST = Duration.ofMillis(100);

    private WarmUp() {}

    /**
     * Practises with the settings of this daemon.
     *
     * @return whether all packets were judged within this time
     * @throws IOException when the machine lacks what judging needs, which the daemon itself will say in other words
     */
    static boolean run(DaemonSettings settings, Duration longest) throws IOException, InterruptedException {
        var own = new OpenResources();
        var faults = new PracticeFaults();
        try {
            var units = new UnitSetup(settings, own, why -> {});
            FlowRing ring = FlowLogSetup.practiceRing(settings, units);
            own.add(FlowLogWriter.start(
                    List.of(ring), FlowLogSetup.practiceTarget(settings), FlowTap.NONE, units.units()));
            PracticeQueue queue = own.add(PracticeQueue.open(PracticePolicy.packets(), PACKETS));
            own.add(DataPlane.start(List.of(queue), policy(), new CutFlows(), loops(settings), () -> ring, faults));
            boolean judged = queue.awaitJudged(longest);
            faults.requireNone();
            return judged;
        } finally {
            own.close();
        }
    }

    private static ActivePolicy policy() {
        PacketFilter filter = PracticePolicy.filter();
        var hits = new RuleCounters(List.of(), System::currentTimeMillis).of(filter);
        return new ActivePolicy(new PolicyInForce(filter, 1, hits));
    }

    private static LoopSettings loops(DaemonSettings settings) {
        return new LoopSettings(settings.mode(), settings.pickup(), settings.on());
    }

    /** Remembers the first fault: what cannot be practised will not work either. */
    private static final class PracticeFaults implements LoopListener {

        private final AtomicReference<Throwable> first = new AtomicReference<>();

        @Override
        public void faulted(RuntimeException fault) {
            first.compareAndSet(null, fault);
        }

        @Override
        public void stopped(Throwable fault) {
            first.compareAndSet(null, fault);
        }

        void requireNone() {
            Throwable fault = first.get();
            if (fault != null) {
                throw new IllegalStateException("a packet could not be judged in practice", fault);
            }
        }
    }
}
