package io.secgroupd.daemon.capture;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.dataplane.DecisionSink;
import io.secgroupd.daemon.dataplane.LoopCounters;
import io.secgroupd.daemon.dataplane.PacketJudge;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import io.secgroupd.daemon.dataplane.RuleHits;
import io.secgroupd.daemon.dataplane.ShadowPolicy;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.daemon.testkit.CaptureBytes;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.HostAnswer;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Copies of packets on the host of app-1 (10.0.1.10): 443 may come in, 3306 may go out. */
class FrameJudgeTest {

    private static final int ARRIVING = 0;
    private static final int BROADCAST = 1;
    private static final int FOR_OTHERS = 3;
    private static final int LEAVING = 4;
    private static final int ETH0 = 2;
    private static final int WLAN0 = 3;

    private final List<String> recorded = new ArrayList<>();
    private final LoopCounters counters = new LoopCounters();
    private FrameJudge judge = judge(Set.of(), false);
    private ShadowPolicy shadow = ShadowPolicy.NONE;

    @Test
    void whatArrivesMeetsInboundRulesAndWhatLeavesOutboundOnes() {
        see(tcp("198.51.100.7", "10.0.1.10", 443, "S"), ARRIVING);
        see(tcp("198.51.100.7", "10.0.1.10", 22, "S"), ARRIVING);
        see(tcp("10.0.1.10", "10.0.2.10", 3306, "S"), LEAVING);
        see(tcp("10.0.1.10", "10.0.2.10", 22, "S"), LEAVING);

        assertThat(recorded)
                .containsExactly(
                        "ACCEPT rule ingress 443 in 2",
                        "REJECT no-matching-rule ingress 22 in 2",
                        "ACCEPT rule egress 3306 in 0",
                        "REJECT no-matching-rule egress 22 in 0");
        assertThat(counters.decisions(Direction.INGRESS, Verdict.ACCEPT, Reason.RULE))
                .isEqualTo(1);
        assertThat(counters.decisions(Direction.EGRESS, Verdict.REJECT, Reason.NO_MATCHING_RULE))
                .isEqualTo(1);
    }

    @Test
    void aCandidateIsJudgedBesideIt() {
        shadow = ShadowPolicy.of(new PacketFilter(HostAnswer.OPEN, List.of(), List.of()));
        see(tcp("198.51.100.7", "10.0.1.10", 443, "S"), ARRIVING);
        see(tcp("198.51.100.7", "10.0.1.10", 22, "S"), ARRIVING);

        assertThat(recorded)
                .containsExactly(
                        "ACCEPT rule ingress 443 in 2",
                        "REJECT no-matching-rule ingress 22 in 2 but ACCEPT no-instance");
        assertThat(shadow.compared()).isEqualTo(2);
    }

    @Test
    void whatIsRoutedThroughTheHostIsJudgedOnlyWhenAskedFor() {
        see(tcp("198.51.100.7", "10.0.9.9", 443, "S"), ARRIVING);
        see(tcp("198.51.100.7", "10.0.9.9", 443, "S"), LEAVING);
        assertThat(recorded).isEmpty();

        judge = judge(Set.of(), true);
        see(tcp("198.51.100.7", "10.0.9.9", 443, "S"), ARRIVING);
        see(tcp("198.51.100.7", "10.0.9.9", 443, "S"), LEAVING);
        assertThat(recorded).containsExactly("ACCEPT no-instance ingress 443 in 2");
    }

    @Test
    void whatTheLinkCarriesToOthersIsNoneOfItsBusiness() {
        see(tcp("198.51.100.7", "10.0.1.10", 443, "S"), FOR_OTHERS);

        assertThat(recorded).isEmpty();
    }

    @Test
    void aBroadcastIsForThisHostToo() {
        see(udp("10.0.1.9", "10.0.1.255", 137), BROADCAST);

        assertThat(recorded).containsExactly("REJECT no-matching-rule ingress 137 in 2");
    }

    @Test
    void theHostsOwnDhcpClientIsOutsideTheRules() {
        see(udp("10.0.1.1", 67, "255.255.255.255", 68), BROADCAST);
        see(udp("10.0.1.10", 68, "10.0.1.1", 67), LEAVING);
        see(udp("10.0.1.1", 67, "10.0.1.10", 68), ARRIVING); // the answer to the one before
        see(udp("198.51.100.7", 67, "10.0.1.10", 68), ARRIVING);
        see(udp("10.0.1.10", 67, "10.0.1.99", 68), LEAVING);

        assertThat(recorded)
                .containsExactly("REJECT no-matching-rule ingress 68 in 2", "REJECT no-matching-rule egress 68 in 0");
    }

    @Test
    void onlyNamedInterfacesAreWatched() {
        judge = judge(Set.of("eth0"), false);

        see(tcp("198.51.100.7", "10.0.1.10", 443, "S"), ARRIVING, WLAN0);
        see(tcp("198.51.100.8", "10.0.1.10", 443, "S"), ARRIVING, ETH0);

        assertThat(recorded).hasSize(1);
    }

    @Test
    void aCutPacketIsUndecodableAndALaterFragmentIsNothingNew() {
        byte[] cut = tcp("198.51.100.7", "10.0.1.10", 443, "S");
        see(Arrays.copyOf(cut, 30), ARRIVING);
        byte[] fragment = tcp("198.51.100.7", "10.0.1.10", 443, "S");
        fragment[7] = 9;
        see(fragment, ARRIVING);

        assertThat(recorded).containsExactly("REJECT undecodable ingress 0 in 2");
    }

    private void see(byte[] packet, int packetType) {
        see(packet, packetType, ETH0);
    }

    private void see(byte[] packet, int packetType, int interfaceIndex) {
        byte[] frame = CaptureBytes.cooked(packet, interfaceIndex, 1, packetType);
        judge.judge(frame, new PolicyInForce(filter(), 1, RuleHits.NONE, shadow), 1_700_000_000_000L);
    }

    private FrameJudge judge(Set<String> interfaces, boolean forward) {
        var settings = new MonitorSettings(
                interfaces,
                new JudgedHooks(true, true, forward),
                Verdict.REJECT,
                Set::of,
                index -> index == ETH0 ? "eth0" : "wlan0");
        var made = new FrameJudge(
                LinkLayer.COOKED_2,
                settings,
                new FirstPacketDetector(100),
                new Recorder(),
                counters,
                new PacketJudge(Pickup.JUDGE, opened -> true));
        made.hostHas(Set.of(IpAddress.ipv4(0x0a00010a)));
        return made;
    }

    private static PacketFilter filter() {
        Policy policy = new PolicyBuilder()
                .in("sg-app", "tcp 443", "any")
                .out("sg-app", "tcp 3306", "any")
                .instance("app-1", List.of("10.0.1.10"), "sg-app")
                .build();
        var carried = policy.instances().values();
        return CompiledPolicy.of(policy)
                .packetFilter(carried, new HostInstance.Named(carried.iterator().next()), Set.of());
    }

    private final class Recorder implements DecisionSink {
        @Override
        public void record(
                Decision decision,
                @Nullable Decision candidate,
                PacketView packet,
                Hook hook,
                int inIfIndex,
                long generation) {
            recorded.add(decision.verdict() + " " + decision.reason().word() + " "
                    + decision.direction().word() + " " + packet.destinationPort() + " in " + inIfIndex
                    + (candidate == null
                            ? ""
                            : " but " + candidate.verdict() + " "
                                    + candidate.reason().word()));
        }

        @Override
        public void endOfBurst() {}
    }
}
