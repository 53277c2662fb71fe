package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel says of its tables, and what is made of an answer that is not whole. */
class KernelTablesTest {

    private static final int NEW_TABLE = 0xa00;
    private static final int GET_TABLE = 0xa01;
    private static final int INTERRUPTED = 0x10;

    @Test
    void namesEachTableByItsFamilyInTheWordsOfNft() throws IOException {
        KernelTables tables = read(table(1, "secgroupd", 0), table(2, "mangle", 1), table(10, "mangle", 0), done(0));

        assertThat(tables.generation()).isEqualTo(77);
        assertThat(tables.flags().keySet()).containsExactlyInAnyOrder("inet secgroupd", "ip mangle", "ip6 mangle");
        assertThat(tables.has("inet secgroupd")).isTrue();
        assertThat(tables.has("ip secgroupd")).isFalse();
        assertThat(tables.hasAny("ip")).isTrue();
        assertThat(tables.hasAny("arp")).isFalse();
    }

    @Test
    void knowsWhichTableIsSwitchedOff() throws IOException {
        KernelTables tables = read(table(2, "mangle", 1), table(10, "mangle", 2), done(0));

        assertThat(tables.isDormant("ip mangle")).isTrue();
        assertThat(tables.isDormant("ip6 mangle")).isFalse();
        assertThat(tables.isDormant("inet none")).isFalse();
    }

    @Test
    void aListingDuringWhichTablesChangedIsNone() {
        byte[] interrupted = table(2, "mangle", 0);
        ByteBuffer.wrap(interrupted).order(ByteOrder.nativeOrder()).putShort(6, (short) INTERRUPTED);

        assertThatIOException()
                .isThrownBy(() -> read(interrupted, done(0)))
                .withMessage("the tables changed while the kernel listed them");
    }

    @Test
    void whatTheKernelRefusesIsSaid() {
        assertThatIOException().isThrownBy(() -> read(done(-1))).withMessageContaining("EPERM");
        assertThatIOException().isThrownBy(() -> read(error(-95))).withMessageContaining("EOPNOTSUPP");
        assertThatIOException().isThrownBy(() -> read(table(2, "mangle", 0))).withMessageContaining("in the middle");
    }

    private static KernelTables read(byte[]... listing) throws IOException {
        return KernelTables.read((family, groups) -> new FakeChannel(request -> type(request) == GET_TABLE
                ? List.of(listing)
                : List.of(message(KernelTables.NEW_GENERATION, 0, 1, new byte[] {0, 0, 0, 77}))));
    }

    private static int type(byte[] request) {
        return ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).getShort(4);
    }

    private static byte[] table(int family, String name, int flags) {
        MessageWriter writer = new MessageWriter(new NetlinkBuffer(256));
        writer.begin(NEW_TABLE, 0, 0, family, 0)
                .bytes(1, (name + "\0").getBytes(StandardCharsets.UTF_8))
                .u32(2, flags)
                .end();
        return copy(writer);
    }

    private static byte[] message(int type, int family, int attribute, byte[] value) {
        MessageWriter writer = new MessageWriter(new NetlinkBuffer(64));
        writer.begin(type, 0, 0, family, 0).bytes(attribute, value).end();
        return copy(writer);
    }

    private static byte[] done(int errno) {
        return withErrno(Netlink.DONE, errno);
    }

    private static byte[] error(int errno) {
        return withErrno(Netlink.ERROR, errno);
    }

    /** The number lies where a netfilter message has its header, in host order. */
    private static byte[] withErrno(int type, int errno) {
        MessageWriter writer = new MessageWriter(new NetlinkBuffer(64));
        writer.begin(type, 0, 0, 0, 0).end();
        writer.buffer().host().putInt(Netlink.MESSAGE_HEADER, errno);
        return copy(writer);
    }

    private static byte[] copy(MessageWriter writer) {
        byte[] bytes = new byte[writer.length()];
        writer.buffer().network().get(0, bytes);
        return bytes;
    }
}
