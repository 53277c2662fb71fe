package io.secgroupd.daemon.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.FlowTuple;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PacketViewTest {

    private static final String A = "2001:db8::1";
    private static final String B = "2001:db9:0:9::2";

    private final PacketView view = new PacketView();

    @Test
    void anAnswerShowsTheFlowThatItsReceiverHasOpened() {
        decode(PacketBuilder.tcp(A, 443, B, 50000, "SA"));
        FlowTuple answer = FlowTuple.of(view);

        assertThat(FlowTuple.of(view.opened())).isEqualTo(answer.reversed());
        assertThat(view.isReversed()).isFalse();

        view.reverse();

        assertThat(FlowTuple.of(view)).isEqualTo(answer.reversed());
        assertThat(view.isReversed()).isTrue();

        view.reverse();

        assertThat(FlowTuple.of(view)).isEqualTo(answer);
        assertThat(view.isReversed()).isFalse();
    }

    @Test
    void theAnswerToAnEchoIsTurnedIntoTheEcho() {
        byte[] reply = PacketBuilder.icmp(A, B, 129, 0);
        reply[41] = 5;
        decode(reply);

        assertThat(view.opened().icmpType()).isEqualTo(128);
        assertThat(view.opened().icmpCode()).isEqualTo(5);

        view.reverse();

        assertThat(view.icmpType()).isEqualTo(128);
        assertThat(view.icmpCode()).isEqualTo(5);
    }

    @Test
    void theLogIsToldLengthFlagsSequenceAndIdentifier() {
        decode(Packets.hex("4500 0028 0000 4000 40 06 0000 0a00 0001 0a00 0002"
                + "9c40 01bb 8765 4321 0000 0000 50 c2 ffff 0000 0000"));
        assertThat(view.length()).isEqualTo(40);
        assertThat(view.tcpFlags()).isEqualTo(0xc2);
        assertThat(view.tcpSequence()).isEqualTo(0x8765_4321);

        decode(PacketBuilder.icmp("10.0.0.1", "10.0.0.2", 8, 0x9001));
        assertThat(view.icmpIdentifier()).isEqualTo(0x9001);
        assertThat(view.length()).isEqualTo(28);
        assertThat(view.tcpFlags() | view.tcpSequence()).isZero();

        decode(PacketBuilder.udp(A, B, 53));
        assertThat(view.length()).isEqualTo(60);
        assertThat(view.icmpIdentifier() | view.icmpType() | view.icmpCode()).isZero();
    }

    /** The length is that of the packet, of which less may have been captured. */
    @Test
    void theLengthIsThatOfThePacket() {
        byte[] packet = PacketBuilder.udp(A, B, 53);
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, 48, view);
        assertThat(view.length()).isEqualTo(60);
        packet[4] = 0;
        packet[5] = 0; // merged segments
        decode(packet);
        assertThat(view.length()).isEqualTo(60);
    }

    @Test
    void nothingOfThePacketBeforeIsLeft() {
        decode(PacketBuilder.icmp(A, B, 129, 7));
        view.reverse();
        decode(new byte[] {0});
        assertThat(view).usingRecursiveComparison().isEqualTo(new PacketView());
    }

    private void decode(byte[] packet) {
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view);
    }
}
