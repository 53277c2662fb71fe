package io.secgroupd.daemon.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages and attributes of any size, and bytes that are none. */
class FramingPropertiesTest {

    private static final int CAPACITY = 1 << 16;

    private final NetlinkBuffer buffer = new NetlinkBuffer(CAPACITY);
    private final MessageWriter writer = new MessageWriter(buffer);
    private final MessageReader messages = new MessageReader(buffer);
    private final AttributeReader attributes = new AttributeReader(buffer);

    @Property
    void whatIsWrittenIsLaidOutAsTheKernelWouldDoIt(
            @ForAll short type,
            @ForAll int sequence,
            @ForAll short flags,
            @ForAll @Size(max = 100) byte[] value,
            @ForAll int number) {
        writer.clear();
        writer.begin(type, flags, sequence, 2, 0).bytes(3, value).u32(5, number);
        int nested = writer.beginNested(4);
        writer.u16(2, number).u8(1, number).endNested(nested).end();

        byte[] written = new byte[writer.length()];
        buffer.network().get(0, written);
        assertThat(written)
                .isEqualTo(KernelBytes.netfilter(
                        type,
                        flags,
                        sequence,
                        2,
                        KernelBytes.attribute(3, value),
                        KernelBytes.u32(5, number),
                        KernelBytes.nested(4, KernelBytes.u16(2, number), KernelBytes.u8(1, number))));
    }

    @Property
    void everyAttributeIsReadBackWithItsBytes(@ForAll @Size(max = 20) List<@Size(max = 50) byte[]> values) {
        byte[][] parts = new byte[values.size()][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = KernelBytes.attribute(i, values.get(i));
        }
        hold(KernelBytes.netfilter(1, 0, 0, 2, parts));
        messages.attributes(attributes);

        List<byte[]> read = new ArrayList<>();
        while (attributes.next()) {
            assertThat(attributes.type()).isEqualTo(read.size());
            byte[] value = new byte[attributes.length()];
            buffer.network().get(attributes.offset(), value);
            read.add(value);
        }
        assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(values);
        assertThat(attributes.malformed()).isFalse();
    }

    /** A cut between two attributes cannot be seen; every other one is. */
    @Property
    void anAttributeThatIsCutOffIsNeverReadAndAlwaysRemembered(@ForAll @IntRange(min = 1, max = 23) int bytes) {
        byte[] whole =
                KernelBytes.join(KernelBytes.u32(1, 7), KernelBytes.attribute(2, new byte[3]), KernelBytes.u32(3, 9));
        attributes.reset(0, bytes);
        buffer.network().put(0, whole);

        int read = 0;
        while (attributes.next()) {
            read++;
            assertThat(attributes.offset() + attributes.length()).isLessThanOrEqualTo(bytes);
        }
        // The padding of the second ends at 16; its value does at 15.
        assertThat(read).isEqualTo(bytes < 8 ? 0 : bytes < 15 ? 1 : 2);
        assertThat(attributes.malformed()).isEqualTo(bytes != 8 && bytes != 15 && bytes != 16);
    }

    @Property
    void aMessageThatIsCutOffIsNeverReadAndAlwaysRemembered(@ForAll @IntRange(min = 1, max = 27) int bytes) {
        hold(KernelBytes.netfilter(1, 0, 0, 2, KernelBytes.u32(1, 7)));
        messages.reset(bytes);

        assertThat(messages.next()).isFalse();
        assertThat(messages.malformed()).isTrue();
    }

    @Property
    void noValueIsReadBehindTheEndOfItsAttribute(@ForAll @Size(max = 16) byte[] value, @ForAll int at) {
        byte[] behind = new byte[32];
        Arrays.fill(behind, (byte) 0xee);
        hold(KernelBytes.netfilter(1, 0, 0, 2, KernelBytes.attribute(1, value), behind));
        messages.attributes(attributes);
        attributes.next();

        long read = attributes.u64(at) | (attributes.u32(at) & 0xffff_ffffL) | attributes.u16(at) | attributes.u8(at);
        if (at < 0 || at >= value.length) {
            assertThat(read).isZero();
        }
        assertThat(attributes.malformed()).isEqualTo(at < 0 || at > value.length - 8);
    }

    @Test
    void theNumberOfAnErrorOrAnEndIsRead() {
        hold(KernelBytes.error(5, Errno.EBUSY));
        assertThat(messages.errno()).isEqualTo(Errno.EBUSY);
        hold(KernelBytes.acknowledgement(5));
        assertThat(messages.errno()).isZero();
        hold(KernelBytes.done(5, Errno.ENOBUFS));
        assertThat(messages.errno()).isEqualTo(Errno.ENOBUFS);
        hold(KernelBytes.message(Netlink.ERROR, 0, 5, new byte[3]));
        assertThat(messages.errno()).as("too short to say").isEqualTo(Errno.EINVAL);
    }

    @Test
    void theFamilyStandsInTheNetfilterHeader() {
        hold(KernelBytes.netfilter(1, 0, 0, 10));
        assertThat(messages.family()).isEqualTo(10);
        hold(KernelBytes.message(1, 0, 0));
        assertThat(messages.family()).as("the message ends before it").isZero();
    }

    @Test
    void aMessageSaysThatItsListingWasInterrupted() {
        hold(KernelBytes.netfilter(1, KernelBytes.MULTI, 0, 2));
        assertThat(messages.isInterrupted()).isFalse();
        hold(KernelBytes.netfilter(1, KernelBytes.MULTI | KernelBytes.INTERRUPTED, 0, 2));
        assertThat(messages.isInterrupted()).isTrue();
    }

    private void hold(byte[] message) {
        buffer.network().put(0, message);
        messages.reset(message.length);
        assertThat(messages.next()).isTrue();
    }
}
