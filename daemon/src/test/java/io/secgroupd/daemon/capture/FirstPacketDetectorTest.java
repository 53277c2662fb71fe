package io.secgroupd.daemon.capture;

import static io.secgroupd.daemon.capture.FirstPacketDetector.Standing.FIRST;
import static io.secgroupd.daemon.capture.FirstPacketDetector.Standing.LATER;
import static io.secgroupd.daemon.capture.FirstPacketDetector.Standing.REPEATED;
import static io.secgroupd.daemon.packet.PacketBuilder.icmp;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.capture.FirstPacketDetector.Standing;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What connection tracking calls new, told from copies of packets. */
class FirstPacketDetectorTest {

    private static final int ETH0 = 2;
    private static final int BRIDGE = 3;
    private static final long SECOND = 1000;

    private final FirstPacketDetector flows = new FirstPacketDetector(3);
    private long now = 1_700_000_000_000L;

    @Test
    void anUnansweredDatagramIsFollowedByNewOnesAndAnAnswerEndsThat() {
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 53))).isEqualTo(FIRST);
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 53))).isEqualTo(REPEATED);
        assertThat(see(udp("10.0.0.2", 53, "10.0.0.1", 40000))).isEqualTo(LATER);
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 53))).isEqualTo(LATER);
    }

    @Test
    void aDatagramAfterTheTimeOutIsAFirstOneAgain() {
        see(udp("10.0.0.1", "10.0.0.2", 53));
        now += 30 * SECOND;
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 53))).isEqualTo(REPEATED);
        see(udp("10.0.0.2", 53, "10.0.0.1", 40000));
        now += 120 * SECOND;
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 53))).isEqualTo(LATER);
        now += 120 * SECOND + 1;
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 53))).isEqualTo(FIRST);
    }

    @Test
    void aSynOpensAndTheSameSynIsARepetition() {
        assertThat(see(tcp("10.0.0.1", "10.0.0.2", 443, "S"))).isEqualTo(FIRST);
        assertThat(see(tcp("10.0.0.1", "10.0.0.2", 443, "S"))).isEqualTo(REPEATED);
        assertThat(see(tcp("10.0.0.2", 443, "10.0.0.1", 40000, "SA"))).isEqualTo(LATER);
        assertThat(see(tcp("10.0.0.1", "10.0.0.2", 443, "A"))).isEqualTo(LATER);
    }

    @Test
    void aConnectionUnderWayHasAFirstPacketToo() {
        assertThat(see(tcp("10.0.0.2", 443, "10.0.0.1", 40000, "PA"))).isEqualTo(FIRST);
        assertThat(see(tcp("10.0.0.1", "10.0.0.2", 443, "A"))).isEqualTo(LATER);
    }

    @Test
    void everyPingIsAFlowAndItsAnswerIsNot() {
        assertThat(see(icmp("10.0.0.1", "10.0.0.2", 8, 1))).isEqualTo(FIRST);
        assertThat(see(icmp("10.0.0.2", "10.0.0.1", 0, 1))).isEqualTo(LATER);
        assertThat(see(icmp("10.0.0.1", "10.0.0.2", 8, 1))).isEqualTo(LATER);
        assertThat(see(icmp("10.0.0.1", "10.0.0.2", 8, 2))).isEqualTo(FIRST);
        assertThat(see(icmp("2001:db8::1", "2001:db8::2", 128, 1))).isEqualTo(FIRST);
        assertThat(see(icmp("2001:db8::2", "2001:db8::1", 129, 1))).isEqualTo(LATER);
    }

    @Test
    void bothEndsMayPingWithOneIdentifier() {
        assertThat(see(icmp("10.0.0.1", "10.0.0.2", 8, 1))).isEqualTo(FIRST);
        assertThat(see(icmp("10.0.0.2", "10.0.0.1", 8, 1))).isEqualTo(FIRST);
    }

    @Test
    void errorsAndNeighbourDiscoveryOpenNothing() {
        assertThat(see(icmp("10.0.0.1", "10.0.0.2", 3, 0))).isEqualTo(LATER);
        assertThat(see(icmp("2001:db8::1", "2001:db8::2", 1, 0))).isEqualTo(LATER);
        assertThat(see(icmp("fe80::1", "fe80::2", 135, 0))).isEqualTo(LATER);
        assertThat(see(icmp("fe80::1", "ff02::16", 143, 0))).isEqualTo(LATER);
    }

    @Test
    void whatABridgeShowsOnceMoreIsACopy() {
        assertThat(see(tcp("10.0.0.1", "10.0.0.2", 443, "S"), ETH0)).isEqualTo(FIRST);
        assertThat(see(tcp("10.0.0.1", "10.0.0.2", 443, "S"), BRIDGE)).isEqualTo(LATER);
        assertThat(see(tcp("10.0.0.1", "10.0.0.2", 443, "S"), ETH0)).isEqualTo(REPEATED);
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 53), ETH0)).isEqualTo(FIRST);
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 53), BRIDGE)).isEqualTo(LATER);
    }

    @Test
    void aFullTableForgetsTheFlowThatWasSeenLeastRecentlyAndCountsIt() {
        see(udp("10.0.0.1", "10.0.0.2", 1));
        see(udp("10.0.0.1", "10.0.0.2", 2));
        see(udp("10.0.0.1", "10.0.0.2", 3));
        see(udp("10.0.0.1", "10.0.0.2", 1));

        see(udp("10.0.0.1", "10.0.0.2", 4));

        assertThat(flows.forgotten()).isEqualTo(1);
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 1))).isEqualTo(REPEATED);
        assertThat(see(udp("10.0.0.1", "10.0.0.2", 2))).isEqualTo(FIRST);
    }

    @Test
    void whatHadEndedAnywayDoesNotCountAsForgotten() {
        for (int port = 1; port <= 3; port++) {
            see(udp("10.0.0.1", "10.0.0.2", port));
        }
        now += 31 * SECOND;

        see(udp("10.0.0.1", "10.0.0.2", 4));

        assertThat(flows.forgotten()).isZero();
    }

    private Standing see(byte[] packet) {
        return see(packet, ETH0);
    }

    private Standing see(byte[] packet, int interfaceIndex) {
        var view = new PacketView();
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view);
        return flows.of(view, interfaceIndex, now);
    }
}
