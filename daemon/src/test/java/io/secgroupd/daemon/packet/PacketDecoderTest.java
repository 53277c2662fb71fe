package io.secgroupd.daemon.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PacketDecoderTest {

    private static final long SEED = 20261123;

    static List<PacketCorpus.Sample> samples() {
        return PacketCorpus.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsEveryShapeOfPacket(PacketCorpus.Sample sample) {
        assertThat(Packets.decode(sample.bytes())).isEqualTo(sample.expected());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neverGuessesWhatTheCaptureDoesNotHold(PacketCorpus.Sample sample) {
        for (int length = 0; length <= sample.bytes().length; length++) {
            String outcome = Packets.decode(Arrays.copyOf(sample.bytes(), length));
            if (length < sample.needed()) {
                assertThat(outcome).as("%d bytes", length).doesNotStartWith("OK");
            } else {
                assertThat(outcome).as("%d bytes", length).isEqualTo(sample.expected());
            }
        }
    }

    @Test
    void readsNothingOutsideTheGivenBytes() {
        Random random = new Random(SEED);
        for (PacketCorpus.Sample sample : PacketCorpus.samples()) {
            for (int length = 0; length <= sample.bytes().length; length++) {
                assertSameWithAndWithoutNeighbours(Arrays.copyOf(sample.bytes(), length), random);
            }
        }
    }

    @Test
    void survivesRandomBytes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            byte[] packet = new byte[random.nextInt(160)];
            random.nextBytes(packet);
            if (packet.length > 0 && i % 10 != 0) {
                // Nine of ten look like IP, or the version check alone would be tested.
                packet[0] = (byte) ((i % 2 == 0 ? 0x40 : 0x60) | (packet[0] & 0xf));
            }
            assertSameWithAndWithoutNeighbours(packet, random);
        }
    }

    @Test
    void survivesFlippedBits() {
        Random random = new Random(SEED);
        for (PacketCorpus.Sample sample : PacketCorpus.samples()) {
            for (int bit = 0; bit < 8 * Math.min(sample.bytes().length, 96); bit++) {
                byte[] packet = sample.bytes().clone();
                packet[bit / 8] ^= (byte) (1 << bit % 8);
                assertSameWithAndWithoutNeighbours(packet, random);
                for (int i = 0; i < 8; i++) {
                    packet[random.nextInt(packet.length)] = (byte) random.nextInt();
                }
                assertSameWithAndWithoutNeighbours(packet, random);
            }
        }
    }

    @Test
    void keepsAMappedAddressIpv6() {
        byte[] packet = Packets.hex("60000000 0014 06 40 00000000000000000000ffff0a4d0101"
                + "00000000000000000000ffff0a4d0102 9c40 0016 00000001 00000000 5002 ffff 0000 0000");
        PacketView view = new PacketView();
        assertThat(PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view))
                .isEqualTo(DecodeStatus.OK);
        assertThat(view.family()).isEqualTo(Family.IPV6);
        assertThat(view.sourceLow()).isEqualTo(0x0000_ffff_0a4d_0101L);
    }

    @Test
    void showsWhatItReadOfAnUndecodablePacketAndNothingOfTheOneBefore() {
        PacketView view = new PacketView();
        byte[] first = PacketBuilder.tcp("10.0.0.1", "10.0.0.2", 443, "S");
        byte[] cut = Arrays.copyOf(PacketBuilder.udp("10.9.9.9", "10.0.0.2", 53), 24);
        PacketDecoder.decode(ByteBuffer.wrap(first), 0, first.length, view);
        assertThat(PacketDecoder.decode(ByteBuffer.wrap(cut), 0, cut.length, view))
                .isEqualTo(DecodeStatus.TRUNCATED);
        assertThat(view.sourceLow()).isEqualTo(0x0a090909);
        assertThat(view.protocol()).isEqualTo(PacketView.UDP);
        assertThat(view.length()).isEqualTo(40);
        assertThat(view.destinationPort() | view.sourcePort() | view.tcpFlags()).isZero();
    }

    @Test
    void reversesEndsAndPorts() {
        PacketView view = new PacketView();
        byte[] packet = PacketBuilder.tcp("2001:db8::1", "2001:db8:0:0:9::2", 443, "A");
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view);
        Flow opened = view.opened();
        assertThat(opened.sourceLow()).isEqualTo(0x0009_0000_0000_0002L);
        assertThat(opened.destinationLow()).isEqualTo(1);
        assertThat(opened.destinationPort()).isEqualTo(40000);

        view.reverse();
        assertThat(view.sourceHigh()).isEqualTo(0x2001_0db8_0000_0000L);
        assertThat(view.sourceLow()).isEqualTo(0x0009_0000_0000_0002L);
        assertThat(view.destinationLow()).isEqualTo(1);
        assertThat(view.sourcePort()).isEqualTo(443);
        assertThat(view.destinationPort()).isEqualTo(40000);
    }

    @ParameterizedTest
    @CsvSource({
        "S, false",
        "SP, false",
        "A, true",
        "PA, true",
        "SA, true",
        "SF, true",
        "SR, true",
        "R, true",
        "'', true"
    })
    void tellsAPickupFromAnOpeningSyn(String flags, boolean pickup) {
        PacketView view = new PacketView();
        byte[] packet = PacketBuilder.tcp("10.0.0.1", "10.0.0.2", 443, flags);
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view);
        assertThat(view.isPickup()).isEqualTo(pickup);
    }

    @Test
    void onlyTcpIsAPickup() {
        PacketView view = new PacketView();
        byte[] packet = PacketBuilder.udp("10.0.0.1", "10.0.0.2", 53);
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view);
        assertThat(view.isPickup()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, S, false",
        "10.0.0.1, A, true",
        "10.0.0.1, udp, true",
        "10.0.0.1, 8, false",
        "10.0.0.1, 0, true",
        "10.0.0.1, 3, false",
        "2001:db8::1, 128, false",
        "2001:db8::1, 129, true"
    })
    void tellsWhatMayBeAnAnswer(String source, String what, boolean answer) {
        String destination = source.contains(":") ? "2001:db8::2" : "10.0.0.2";
        byte[] packet = switch (what) {
            case "S", "A" -> PacketBuilder.tcp(source, destination, 443, what);
            case "udp" -> PacketBuilder.udp(source, destination, 53);
            default -> PacketBuilder.icmp(source, destination, Integer.parseInt(what), 1);
        };
        PacketView view = new PacketView();
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view);
        assertThat(view.mayAnswer()).isEqualTo(answer);
    }

    /** A length that the kernel has cut must not lead outside the buffer. */
    @ParameterizedTest
    @CsvSource({"-1, 40", "0, 41", "1, 40", "40, 1", "41, 1", "0, 0", "0, -1"})
    void whatDoesNotLieInTheBufferIsTruncated(int offset, int length) {
        byte[] packet = PacketBuilder.tcp("10.0.0.1", "10.0.0.2", 443, "S");
        assertThat(packet).hasSize(40);
        assertThat(PacketDecoder.decode(ByteBuffer.wrap(packet), offset, length, new PacketView()))
                .isEqualTo(DecodeStatus.TRUNCATED);
    }

    @Test
    void oneByteTellsTheVersion() {
        assertThat(Packets.decode(new byte[] {0x50})).isEqualTo("BAD_VERSION");
        assertThat(Packets.decode(new byte[] {0x45})).isEqualTo("TRUNCATED");
    }

    @Test
    void refusesABufferInTheWrongOrder() {
        ByteBuffer little = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> PacketDecoder.decode(little, 0, 40, new PacketView()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The same bytes alone, where a read too far throws, and between random neighbours, where it changes the outcome. */
    private static void assertSameWithAndWithoutNeighbours(byte[] packet, Random random) {
        byte[] surrounded = new byte[packet.length + 64];
        random.nextBytes(surrounded);
        System.arraycopy(packet, 0, surrounded, 16, packet.length);
        String alone = Packets.decode(packet);
        String between = Packets.decode(ByteBuffer.wrap(surrounded), 16, packet.length);
        if (!alone.equals(between)) {
            assertThat(between).as(() -> Arrays.toString(packet)).isEqualTo(alone);
        }
    }
}
