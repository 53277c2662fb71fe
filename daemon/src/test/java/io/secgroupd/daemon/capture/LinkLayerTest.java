package io.secgroupd.daemon.capture;

import static io.secgroupd.daemon.testkit.CaptureBytes.cooked;
import static io.secgroupd.daemon.testkit.CaptureBytes.ethernet;
import static io.secgroupd.daemon.testkit.CaptureBytes.ethernetOf;
import static io.secgroupd.daemon.testkit.CaptureBytes.mpls;
import static io.secgroupd.daemon.testkit.CaptureBytes.pppoe;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.capture.Frame.Travel;
import io.secgroupd.daemon.packet.PacketBuilder;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinkLayerTest {

    private static final byte[] IPV4 = PacketBuilder.tcp("10.0.0.1", "10.0.0.2", 443, "S");
    private static final byte[] IPV6 = PacketBuilder.tcp("2001:db8::1", "2001:db8::2", 443, "S");

    @Test
    void ethernetWithAndWithoutTags() {
        assertThat(read(LinkLayer.ETHERNET, ethernet(IPV4)).offset()).isEqualTo(14);
        assertThat(read(LinkLayer.ETHERNET, ethernet(IPV6)).offset()).isEqualTo(14);
        assertThat(read(LinkLayer.ETHERNET, ethernet(IPV4, 0x8100)).offset()).isEqualTo(18);
        assertThat(read(LinkLayer.ETHERNET, ethernet(IPV6, 0x88a8, 0x8100)).offset())
                .isEqualTo(22);
    }

    @Test
    void ethernetWithASessionOrLabels() {
        assertThat(read(LinkLayer.ETHERNET, ethernetOf(0x8864, pppoe(0x0021, IPV4)))
                        .offset())
                .isEqualTo(22);
        assertThat(read(LinkLayer.ETHERNET, ethernetOf(0x8864, pppoe(0x0057, IPV6), 0x88a8, 0x8100))
                        .offset())
                .isEqualTo(30);
        assertThat(read(LinkLayer.ETHERNET, ethernetOf(0x8847, mpls(3, IPV4))).offset())
                .isEqualTo(26);
        assertThat(read(LinkLayer.ETHERNET, ethernetOf(0x8848, mpls(1, IPV6), 0x8100))
                        .offset())
                .isEqualTo(22);
    }

    @Test
    void whatIsNoIpInASessionOrBehindLabelsIsNamed() {
        byte[] pseudowire = new byte[40]; // RFC 4385: its control word begins with 0
        assertThat(read(LinkLayer.ETHERNET, ethernetOf(0x8864, pppoe(0xc021, IPV4))))
                .isEqualTo(Frame.without(0x8864));
        assertThat(read(LinkLayer.ETHERNET, ethernetOf(0x8847, mpls(2, pseudowire))))
                .isEqualTo(Frame.without(0x8847));
        assertThat(read(LinkLayer.ETHERNET, ethernetOf(0x88cc, pseudowire, 0x8100)))
                .isEqualTo(Frame.without(0x88cc));
    }

    @Test
    void whatIsNotIpIsNoPacket() {
        byte[] arp = ethernet(IPV4);
        arp[13] = 0x06;

        assertThat(read(LinkLayer.ETHERNET, arp).hasIp()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, ARRIVING",
        "1, ARRIVING_FOR_MANY",
        "2, ARRIVING_FOR_MANY",
        "3, FOR_OTHERS",
        "4, LEAVING",
        "9, UNKNOWN"
    })
    void theCookedHeaderTellsInterfaceAndWay(int packetType, Travel travel) {
        assertThat(read(LinkLayer.COOKED_2, cooked(IPV6, 5, 1, packetType))).isEqualTo(new Frame(20, 5, travel));
    }

    @Test
    void loopbackIsKnownByItsDevice() {
        assertThat(read(LinkLayer.COOKED_2, cooked(IPV4, 1, 772, 0)).travel()).isEqualTo(Travel.LOOPBACK);
    }

    @Test
    void theOlderCookedHeaderTellsTheWayAlone() {
        ByteBuffer frame =
                ByteBuffer.allocate(16 + IPV4.length).putShort((short) 4).putShort((short) 1);
        frame.putShort(14, (short) 0x0800).position(16).put(IPV4);

        assertThat(read(LinkLayer.COOKED, frame.array())).isEqualTo(new Frame(16, 0, Travel.LEAVING));
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "RAW_IPV4", "RAW_IPV6"})
    void rawIpBeginsAtOnce(LinkLayer link) {
        assertThat(read(link, IPV4).offset()).isZero();
    }

    private static final int[] WALKED = {0x8100, 0x88a8, 0x8847, 0x8864, 0x0800, 0};

    @ParameterizedTest
    @EnumSource
    void anyBytesAreAFrameThatEndsWithinThem(LinkLayer link) {
        Random random = new Random(20261124);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length >= 16) {
                int type = WALKED[i % WALKED.length]; // what looks like tags and labels makes the reader walk
                bytes[12] = (byte) (type >> 8);
                bytes[13] = (byte) type;
            }

            assertThat(read(link, bytes).offset()).isLessThan(Math.max(1, bytes.length));
        }
    }

    private static Frame read(LinkLayer link, byte[] bytes) {
        return link.read(ByteBuffer.wrap(bytes));
    }
}
