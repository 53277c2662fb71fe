package io.secgroupd.daemon.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetlinkFramingTest {

    private final NetlinkBuffer buffer = new NetlinkBuffer(512);
    private final MessageWriter writer = new MessageWriter(buffer);
    private final MessageReader messages = new MessageReader(buffer);
    private final AttributeReader attributes = new AttributeReader(buffer);

    @Test
    void readsBackWhatItWrote() {
        writer.begin(0x302, Netlink.REQUEST | Netlink.ACK, 7, 2, 4700)
                .u8(1, 0xfe)
                .u16(2, 0xfedc)
                .u32(3, 0xfedcba98)
                .bytes(4, (byte) 1, (byte) 2, (byte) 3)
                .end();
        writer.begin(0x301, Netlink.REQUEST, 8, 0, 1).end();
        messages.reset(writer.length());

        assertThat(messages.next()).isTrue();
        assertThat(messages.type()).isEqualTo(0x302);
        assertThat(messages.sequence()).isEqualTo(7);
        messages.attributes(attributes);
        assertThat(attributes.next() && attributes.type() == 1).isTrue();
        assertThat(attributes.u8(0)).isEqualTo(0xfe);
        assertThat(attributes.next() && attributes.type() == 2).isTrue();
        assertThat(attributes.u16(0)).isEqualTo(0xfedc);
        assertThat(attributes.next() && attributes.type() == 3).isTrue();
        assertThat(attributes.u32(0)).isEqualTo(0xfedcba98);
        assertThat(attributes.next() && attributes.type() == 4).isTrue();
        assertThat(attributes.length()).isEqualTo(3);
        assertThat(attributes.u8(2)).isEqualTo(3);
        assertThat(attributes.next()).isFalse();
        assertThat(attributes.malformed()).isFalse();

        assertThat(messages.next() && messages.type() == 0x301).isTrue();
        assertThat(messages.next()).isFalse();
        assertThat(messages.malformed()).isFalse();
    }

    @Test
    void aNumberOf8BytesAndATextAreWrittenWhole() {
        writer.begin(0x302, Netlink.REQUEST, 7, 2, 0)
                .u64(1, 0x0102_0304_0506_0708L)
                .text(2, "nat")
                .end();
        messages.reset(writer.length());
        assertThat(messages.next()).isTrue();
        messages.attributes(attributes);

        assertThat(attributes.next()).isTrue();
        assertThat(attributes.u64(0)).isEqualTo(0x0102_0304_0506_0708L);
        assertThat(attributes.next()).isTrue();
        assertThat(attributes.length()).as("with the byte that ends it").isEqualTo(4);
        assertThat(attributes.u32(0)).isEqualTo(0x6e61_7400);
    }

    @Test
    void writesHostOrderOutsideAndNetworkOrderInside() {
        writer.begin(0x302, 5, 1, 2, 4700).u16(9, 0x0102).end();
        byte[] bytes = new byte[writer.length()];
        buffer.network().get(0, bytes);
        String little = "1c000000" + "0203" + "0500" + "01000000" + "00000000" + "0200125c" + "06000900" + "01020000";
        String big = "0000001c" + "0302" + "0005" + "00000001" + "00000000" + "0200125c" + "00060009" + "01020000";
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? little : big);
    }

    @Test
    void clearsThePaddingOfAnOlderMessage() {
        for (int i = 0; i < 64; i++) {
            buffer.network().put(i, (byte) 0xee);
        }
        writer.begin(1, 0, 0, 0, 0).bytes(1, (byte) 0xff).end();
        assertThat(buffer.network().getInt(24)).isEqualTo(0xff000000);
    }

    @Test
    void nestsAttributes() {
        writer.begin(1, 0, 0, 0, 0);
        int outer = writer.beginNested(5);
        int inner = writer.beginNested(6);
        writer.u32(7, 42).endNested(inner).endNested(outer).u8(8, 1).end();
        messages.reset(writer.length());
        messages.next();
        messages.attributes(attributes);
        AttributeReader five = new AttributeReader(buffer);
        AttributeReader six = new AttributeReader(buffer);
        assertThat(attributes.next() && attributes.type() == 5).isTrue();
        attributes.nested(five);
        assertThat(five.next() && five.type() == 6).isTrue();
        five.nested(six);
        assertThat(six.next() && six.type() == 7).isTrue();
        assertThat(six.u32(0)).isEqualTo(42);
        assertThat(six.next() || five.next()).isFalse();
        assertThat(attributes.next() && attributes.type() == 8).isTrue();
    }

    @Test
    void refusesAMessageThatDoesNotFit() {
        writer.begin(1, 0, 0, 0, 0);
        assertThatThrownBy(() -> writer.bytes(1, new byte[512])).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void remembersThatAValueWasShorterThanItWasRead() {
        writer.begin(1, 0, 0, 0, 0).u16(1, 7).u32(2, 9).end();
        messages.reset(writer.length());
        messages.next();
        messages.attributes(attributes);
        attributes.next();
        assertThat(attributes.u32(0)).isZero();
        attributes.next();
        assertThat(attributes.u32(0)).isEqualTo(9);
        assertThat(attributes.malformed()).isTrue();
    }

    @Test
    void readsTheErrorNumberOfTheKernel() {
        writer.begin(Netlink.ERROR, 0, 3, 0, 0).end();
        buffer.host().putInt(16, -Errno.EPERM);
        messages.reset(writer.length());
        messages.next();
        assertThat(messages.errno()).isEqualTo(Errno.EPERM);
    }

    @Test
    void walksOverAnyBytesAndEnds() {
        Random random = new Random(20261123);
        byte[] bytes = new byte[512];
        for (int round = 0; round < 100_000; round++) {
            random.nextBytes(bytes);
            buffer.network().put(0, bytes);
            // Small lengths in the places of lengths, or the first check would end every walk.
            buffer.host().putInt(0, random.nextInt(600)).putShort(20, (short) random.nextInt(64));
            walk(random.nextInt(520), random);
        }
    }

    private void walk(int length, Random random) {
        messages.reset(length);
        for (int steps = 0; messages.next(); steps++) {
            assertThat(steps).isLessThan(512 / Netlink.MESSAGE_HEADER);
            messages.errno();
            messages.attributes(attributes);
            while (attributes.next()) {
                attributes.u64(random.nextInt(16) - 4);
                attributes.u8(random.nextInt());
                if (attributes.offset() < Netlink.MESSAGE_HEADER
                        || attributes.offset() + attributes.length() > length) {
                    throw new AssertionError("an attribute outside the message");
                }
            }
        }
    }
}
