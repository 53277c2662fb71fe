package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of the kernel's tables are a reason to look at ours. */
class TableEventsTest {

    private static final int NEW_TABLE = 0x0a00;
    private static final int NEW_RULE = 0x0a06;
    private static final int NEW_GENERATION = 0x0a0f;
    private static final int TABLE = 1;

    private final TableEvents events = new TableEvents(() -> {}, fault -> {});

    @ParameterizedTest
    @CsvSource({
        "secgroupd, true",
        "mangle, true",
        "secgroupd-reference, false",
        "mangl, false",
        "manglE, false",
        "filter, false",
        "cni, false"
    })
    void areThoseOfOurTables(String table, boolean concerns) {
        byte[] name = KernelBytes.attribute(TABLE, (table + "\0").getBytes(StandardCharsets.US_ASCII));
        byte[] other = KernelBytes.attribute(2, "mangle\0".getBytes(StandardCharsets.US_ASCII));

        assertThat(concerns(NEW_RULE, name)).isEqualTo(concerns);
        assertThat(concerns(NEW_TABLE, other, name)).isEqualTo(concerns);
    }

    @Test
    void areThoseThatNameNoTable() {
        assertThat(concerns(NEW_RULE)).isTrue();
        assertThat(concerns(NEW_RULE, KernelBytes.u32(7, 1))).isTrue();
    }

    /** Every transaction of anybody ends with one, and what it changed was told before. */
    @Test
    void isNotTheNumberOfANewGeneration() {
        assertThat(concerns(NEW_GENERATION, KernelBytes.u32(1, 77))).isFalse();
    }

    @Property
    void noBytesMakeItThrow(@ForAll int type, @ForAll byte[] attributes, @ForAll byte[] name) {
        concerns(type & 0xffff, attributes);

        assertThat(concerns(NEW_RULE, KernelBytes.attribute(TABLE, name))).isFalse();
    }

    private boolean concerns(int type, byte[]... attributes) {
        byte[] message = KernelBytes.netfilter(type, 0, 0, 1, attributes);
        NetlinkBuffer buffer = new NetlinkBuffer(message.length);
        buffer.network().put(0, message);
        MessageReader messages = new MessageReader(buffer);
        messages.reset(message.length);
        assertThat(messages.next()).isTrue();
        AttributeReader reader = new AttributeReader(buffer);
        messages.attributes(reader);
        return events.concerns(messages.type(), reader);
    }
}
