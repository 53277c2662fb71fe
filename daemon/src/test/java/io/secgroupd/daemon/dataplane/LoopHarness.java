package io.secgroupd.daemon.dataplane;

import io.netty.channel.IoEvent;
import io.secgroupd.daemon.dataplane.LoopCounters.Event;
import io.secgroupd.daemon.nfqueue.FakeQueue;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.FailureVerdicts;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.testkit.FakeRegistration;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A packet loop on a fake queue, turned by hand, with everything that it tells the outside written down. */
final class LoopHarness implements DecisionSink, LoopListener {

    final FakeQueue queue;
    final ActivePolicy policy = new ActivePolicy(new PolicyInForce(Filters.app(), 1));
    final List<String> judged = new ArrayList<>();
    final List<String> recorded = new ArrayList<>();
    final List<@Nullable String> faults = new ArrayList<>();
    final List<@Nullable String> stopped = new ArrayList<>();
    String judgedFault = "";
    String sinkFault = "";

    /** Whether decisions are written down, which takes time. */
    boolean recording = true;

    final FakeRegistration registration = new FakeRegistration();
    private final PacketLoop loop;

    LoopHarness() {
        this(LoopSettings.DEFAULT);
    }

    LoopHarness(LoopSettings settings) {
        this(settings, packet -> true);
    }

    LoopHarness(LoopSettings settings, ConnectionEvidence evidence) {
        this(settings, new PacketJudge(settings.pickup(), evidence));
    }

    private LoopHarness(LoopSettings settings, PacketJudge judge) {
        this(new FakeQueue(), settings, judge);
    }

    private LoopHarness(FakeQueue queue, LoopSettings settings, PacketJudge judge) {
        this.queue = queue;
        loop = new PacketLoop(queue, policy, judge, settings, this, this);
    }

    /** Its packets are out of connection tracking, and the host refuses pickups. */
    static LoopHarness untracked(ConnectionEvidence evidence) {
        var settings = new LoopSettings(Mode.ENFORCE, Pickup.REJECT, FailureVerdicts.CLOSED);
        return new LoopHarness(new FakeQueue().untracked(), settings, new PacketJudge(Pickup.REJECT, evidence));
    }

    static LoopHarness withCut(CutFlows cut) {
        return new LoopHarness(LoopSettings.DEFAULT, new PacketJudge(Pickup.JUDGE, packet -> true, cut));
    }

    static LoopHarness failingOnPort(int port) {
        return new LoopHarness(LoopSettings.DEFAULT, new PacketJudge(Pickup.JUDGE, packet -> true) {
            @Override
            public Decision judge(PacketFilter filter, Hook hook, PacketView packet) {
                if (packet.destinationPort() == port) {
                    throw new IllegalStateException("port " + port);
                }
                return super.judge(filter, hook, packet);
            }
        });
    }

    boolean serve() {
        try {
            return serveOrThrow();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    boolean serveOrThrow() throws IOException {
        return loop.serveBurst();
    }

    /** What the event loop does. */
    void wakeUp() {
        loop.handle(registration, new IoEvent() {});
    }

    DecisionTimes times() {
        return loop.times();
    }

    /** Every counter that is not zero. */
    List<String> counters() {
        List<String> lines = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (Verdict verdict : Verdict.values()) {
                for (Reason reason : Reason.values()) {
                    String name = direction.word() + " " + verdict + " " + reason.word();
                    add(lines, name, loop.counters().decisions(direction, verdict, reason));
                }
            }
        }
        for (DecodeStatus status : DecodeStatus.values()) {
            add(lines, status.name(), loop.counters().undecodable(status));
        }
        for (Event event : Event.values()) {
            add(lines, event.name(), loop.counters().events(event));
        }
        return lines;
    }

    /** How many packets were rejected and passed all the same. */
    long observed(Direction direction, Reason reason) {
        return loop.counters().observed(direction, reason);
    }

    private static void add(List<String> lines, String name, long total) {
        if (total != 0) {
            lines.add(name + " " + total);
        }
    }

    @Override
    public void judged(PacketView packet, Hook hook) {
        if (!judgedFault.isEmpty()) {
            throw new IllegalStateException(judgedFault);
        }
        if (recording) {
            judged.add(hook + " " + packet.destinationPort() + " after " + queue.writes() + " writes");
        }
    }

    @Override
    public void verdictsFollow() {
        if (recording) {
            judged.add("verdicts");
        }
    }

    @Override
    public void record(
            Decision decision,
            @Nullable Decision candidate,
            PacketView packet,
            Hook hook,
            int inIfIndex,
            long generation) {
        if (!sinkFault.isEmpty()) {
            throw new IllegalStateException(sinkFault);
        }
        if (!recording) {
            return;
        }
        IpAddress source = new IpAddress(packet.family(), packet.sourceHigh(), packet.sourceLow());
        IpAddress destination = new IpAddress(packet.family(), packet.destinationHigh(), packet.destinationLow());
        recorded.add(decision.verdict() + " " + decision.reason().word() + " "
                + decision.direction().word() + " " + source + " > "
                + destination + ":" + packet.destinationPort() + " in " + inIfIndex + " generation " + generation
                + " after " + queue.writes() + " writes"
                + (candidate == null
                        ? ""
                        : " but " + candidate.verdict() + " "
                                + candidate.reason().word()));
    }

    @Override
    public void endOfBurst() {
        recorded.add("end of burst");
    }

    @Override
    public void faulted(RuntimeException first) {
        faults.add(first.getMessage());
    }

    @Override
    public void stopped(Throwable fault) {
        stopped.add(fault.getMessage());
    }
}
