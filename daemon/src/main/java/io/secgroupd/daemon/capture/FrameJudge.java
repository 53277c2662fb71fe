package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.capture.FirstPacketDetector.Standing;
import io.secgroupd.daemon.dataplane.DecisionSink;
import io.secgroupd.daemon.dataplane.LoopCounters;
import io.secgroupd.daemon.dataplane.PacketJudge;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import io.secgroupd.daemon.dataplane.ShadowJudge;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges captured frames as the packet queue would: it finds which of them are first packets, which hook they would have
 * met, and what the rules say. For one thread.
 */
final class FrameJudge {

    private final LinkLayer link;
    private final MonitorSettings settings;
    private final FirstPacketDetector firstPackets;
    private final DecisionSink sink;
    private final LoopCounters counters;
    private final FixedDecisions undecodable;
    private final PacketJudge judge;
    private final ShadowJudge shadow;
    private final PacketView view = new PacketView();
    private Set<IpAddress> local = Set.of();

    FrameJudge(
            LinkLayer link,
            MonitorSettings settings,
            FirstPacketDetector firstPackets,
            DecisionSink sink,
            LoopCounters counters,
            PacketJudge judge) {
        this.link = link;
        this.settings = settings;
        this.firstPackets = firstPackets;
        this.sink = sink;
        this.counters = counters;
        this.undecodable = FixedDecisions.of(settings.undecodable(), Reason.UNDECODABLE);
        this.judge = judge;
        this.shadow = new ShadowJudge(judge, false);
    }

    /** Sets the addresses of this host. */
    void hostHas(Set<IpAddress> addresses) {
        local = addresses;
    }

    /** Judges one frame, captured at a time in milliseconds since 1970-01-01T00:00:00Z. */
    void judge(byte[] bytes, PolicyInForce policy, long now) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Frame frame = link.read(buffer);
        if (!frame.hasIp() || !isWatched(frame)) {
            return;
        }
        DecodeStatus status = PacketDecoder.decode(buffer, frame.offset(), bytes.length - frame.offset(), view);
        Hook hook = hook(frame);
        // The kernel joins fragments before its hooks. The first fragment holds what is judged; the others add nothing.
        if (hook == null || status == DecodeStatus.FRAGMENT) {
            return;
        }
        if (status != DecodeStatus.OK) {
            counters.countUndecodable(status);
            record(undecodable.in(hook.near()), hook, frame, policy, now);
        } else if (firstPackets.of(view, frame.interfaceIndex(), now) != Standing.LATER
                && !DhcpClient.speaks(view, hook.near())) {
            record(judge.judge(policy.filter(), hook, view), hook, frame, policy, now);
        }
    }

    private boolean isWatched(Frame frame) {
        return settings.interfaces().isEmpty()
                || settings.interfaces().contains(settings.interfaceNames().apply(frame.interfaceIndex()));
    }

    /** The hook that the packet meets, or null when it is not judged. */
    private @Nullable Hook hook(Frame frame) {
        return switch (frame.travel()) {
            case LEAVING -> isLocal(view.sourceHigh(), view.sourceLow()) ? Hook.OUTPUT : null;
            case ARRIVING_FOR_MANY -> Hook.INPUT;
            case ARRIVING -> isLocal(view.destinationHigh(), view.destinationLow()) ? Hook.INPUT : Hook.FORWARD;
            case FOR_OTHERS, LOOPBACK, UNKNOWN -> null;
        };
    }

    private boolean isLocal(long high, long low) {
        return local.contains(new IpAddress(view.family(), high, low));
    }

    private void record(Decision decision, Hook hook, Frame frame, PolicyInForce policy, long now) {
        if (!settings.judged().covers(hook)) {
            return;
        }
        counters.count(decision, true); // a copy is judged: the packet has passed already
        policy.hits().count(decision, now);
        Decision candidate = shadow.compare(policy.shadow(), decision, hook, view, now);
        sink.record(
                decision, candidate, view, hook, hook == Hook.OUTPUT ? 0 : frame.interfaceIndex(), policy.generation());
    }
}
