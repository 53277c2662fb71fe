package io.secgroupd.daemon.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.dataplane.DecisionSink;
import io.secgroupd.daemon.dataplane.LoopCounters;
import io.secgroupd.daemon.dataplane.PacketJudge;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.testkit.CaptureBytes;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.oracle.NaiveHost;
import io.secgroupd.rules.oracle.Questions;
import io.secgroupd.rules.oracle.RandomPolicies;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy of a packet on the wire and the packet itself in the queue get the answer of the language, at every hook. */
class MonitorAndEnforceTest {

    private static final int ARRIVING = 0;
    private static final int LEAVING = 4;
    private static final PacketJudge JUDGE = new PacketJudge(Pickup.JUDGE, opened -> false);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sayTheSame(long seed) {
        var random = new Random(seed);
        Policy policy = RandomPolicies.of(random, 4);
        var questions = new Questions(random, policy);
        var host = NaiveHost.of(random, policy, questions.strangers());
        PacketFilter filter = CompiledPolicy.of(policy).packetFilter(host.carried(), host.hostInstance(), host.here());
        for (int i = 0; i < 200; i++) {
            FlowTuple flow = questions.next();
            if (flow.protocol() == PacketView.TCP) {
                holds(host, filter, flow);
            }
        }
    }

    static LongStream seeds() {
        return new Random().longs(60);
    }

    private static void holds(NaiveHost host, PacketFilter filter, FlowTuple flow) {
        boolean leaves = host.here().contains(flow.source()) && !host.here().contains(flow.destination());
        Hook hook = leaves ? Hook.OUTPUT : host.here().contains(flow.destination()) ? Hook.INPUT : Hook.FORWARD;
        String expected = host.judge(hook, flow);
        byte[] packet = syn(flow);

        assertThat(queued(filter, hook, packet))
                .as("enforce, " + hook + " " + flow)
                .isEqualTo(expected);
        assertThat(captured(host, filter, packet, leaves))
                .as("monitor, " + hook + " " + flow)
                .containsExactly(expected);
    }

    /** Written by hand: pcap4j keeps addresses in a class that turns IPv4-mapped ones into IPv4. */
    private static byte[] syn(FlowTuple flow) {
        boolean ipv4 = flow.family() == Family.IPV4;
        ByteBuffer packet = ByteBuffer.allocate(ipv4 ? 40 : 60);
        if (ipv4) {
            packet.putShort((short) 0x4500)
                    .putShort((short) 40)
                    .putInt(0)
                    .put((byte) 64)
                    .put((byte) PacketView.TCP);
            packet.putShort((short) 0);
        } else {
            packet.putInt(0x6000_0000)
                    .putShort((short) 20)
                    .put((byte) PacketView.TCP)
                    .put((byte) 64);
        }
        packet.put(flow.source().toBytes()).put(flow.destination().toBytes());
        packet.putShort((short) 40_000).putShort((short) flow.destinationPort()).putLong(0);
        return packet.put((byte) 0x50).put((byte) 0x02).array();
    }

    private static String queued(PacketFilter filter, Hook hook, byte[] packet) {
        var view = new PacketView();
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view);
        return text(JUDGE.judge(filter, hook, view));
    }

    private static List<String> captured(NaiveHost host, PacketFilter filter, byte[] packet, boolean leaves) {
        var recorder = new Recorder();
        var settings = new MonitorSettings(Set.of(), JudgedHooks.ALL, Verdict.REJECT, host::here, index -> "eth0");
        var monitor = new FrameJudge(
                LinkLayer.COOKED_2, settings, new FirstPacketDetector(10), recorder, new LoopCounters(), JUDGE);
        monitor.hostHas(host.here());
        monitor.judge(CaptureBytes.cooked(packet, 2, 1, leaves ? LEAVING : ARRIVING), new PolicyInForce(filter, 1), 1);
        return recorder.told;
    }

    private static String text(Decision decision) {
        String text = decision.direction().word() + " " + decision.verdict() + " "
                + decision.reason().word();
        MatchedRule rule = decision.rule();
        String by = rule == null ? "" : " " + rule.group() + " " + rule.id() + " " + rule.at();
        return decision.instance().isEmpty() ? text : text + " " + decision.instance() + by;
    }

    private static final class Recorder implements DecisionSink {
        final List<String> told = new ArrayList<>();

        @Override
        public void record(
                Decision decision,
                @Nullable Decision candidate,
                PacketView packet,
                Hook hook,
                int inIfIndex,
                long generation) {
            told.add(text(decision));
        }

        @Override
        public void endOfBurst() {}
    }
}
