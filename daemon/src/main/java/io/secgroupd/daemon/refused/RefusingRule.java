package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.rules.net.Family;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Writes the expressions of the rules for one family: {@code iif != lo tcp flags & (fin|syn|rst|ack) == syn saddr . daddr .
 * l4proto . dport @set drop}, and the same for {@code udp} with {@code ct state new}. A SYN is judged whatever the kernel knows of its
 * connection; a datagram may be an answer, and only connection tracking tells.
 */
final class RefusingRule {

    private static final int DESTINATION = 1;

    /** Keys of the expression meta. */
    private static final int INPUT_INTERFACE = 4;

    private static final int FAMILY = 15;
    private static final int PROTOCOL = 16;

    /** Bases of the expression payload. */
    private static final int NETWORK = 1;

    private static final int TRANSPORT = 2;

    private static final int EQUAL = 0;
    private static final int UNEQUAL = 1;

    /** Registers: that of the verdict; the first of 16 bytes; and the first of 4 bytes, which is the same place. */
    private static final int VERDICT = 0;

    private static final int FIRST = 1;
    private static final int FIRST_OF_4 = 8;

    /** The loopback interface is the first of every namespace. */
    private static final int LOOPBACK = 1;

    private static final int TRACKED_STATE = 0;

    /** The bit of a packet that belongs to no connection yet. */
    private static final int NEW = 8;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_FLAGS_AT = 13;
    private static final byte SYN = 0x02;
    private static final byte FIN_SYN_RST_ACK = 0x17;
    private static final int PORT_AT = 2;
    private static final int DROP = 0;

    private final MessageWriter message;

    private RefusingRule(MessageWriter message) {
        this.message = message;
    }

    /** Writes the expressions about a SYN into a message about a rule. */
    static void forSyn(MessageWriter message, Family family, String set) {
        write(message, rule -> {
            rule.from(family, TCP);
            rule.payload(TRANSPORT, TCP_FLAGS_AT, 1, FIRST);
            rule.mask(FIN_SYN_RST_ACK);
            rule.compare(EQUAL, SYN);
            rule.dropKey(family, set);
        });
    }

    /** Writes those about a datagram that belongs to no connection, for a chain after connection tracking. */
    static void forDatagram(MessageWriter message, Family family, String set) {
        write(message, rule -> {
            rule.from(family, UDP);
            rule.trackedState();
            rule.mask(hostOrder(NEW));
            rule.compare(UNEQUAL, hostOrder(0));
            rule.dropKey(family, set);
        });
    }

    private static void write(MessageWriter message, Consumer<RefusingRule> expressions) {
        int list = message.beginNested(Nftables.RULE_EXPRESSIONS);
        expressions.accept(new RefusingRule(message));
        message.endNested(list);
    }

    private void from(Family family, int protocol) {
        meta(FAMILY, FIRST);
        compare(EQUAL, (byte) (family == Family.IPV4 ? Nftables.IPV4 : Nftables.IPV6));
        meta(INPUT_INTERFACE, FIRST);
        compare(UNEQUAL, hostOrder(LOOPBACK));
        meta(PROTOCOL, FIRST);
        compare(EQUAL, (byte) protocol);
    }

    private void dropKey(Family family, String set) {
        boolean v4 = family == Family.IPV4;
        int bytes = v4 ? 4 : 16;
        int sourceAt = v4 ? 12 : 8;
        int words = bytes / 4;
        payload(NETWORK, sourceAt, bytes, FIRST);
        payload(NETWORK, sourceAt + bytes, bytes, FIRST_OF_4 + words);
        meta(PROTOCOL, FIRST_OF_4 + 2 * words);
        payload(TRANSPORT, PORT_AT, 2, FIRST_OF_4 + 2 * words + 1);
        lookup(set);
        drop();
    }

    private void meta(int key, int into) {
        expression("meta", () -> message.u32(DESTINATION, into).u32(2, key));
    }

    private void compare(int operation, byte... with) {
        expression("cmp", () -> {
            message.u32(1, FIRST).u32(2, operation);
            data(3, with);
        });
    }

    private void payload(int base, int offset, int bytes, int into) {
        expression(
                "payload",
                () -> message.u32(DESTINATION, into).u32(2, base).u32(3, offset).u32(4, bytes));
    }

    private void mask(byte... mask) {
        expression("bitwise", () -> {
            message.u32(1, FIRST).u32(2, FIRST).u32(3, mask.length);
            data(4, mask);
            data(5, new byte[mask.length]);
        });
    }

    private void trackedState() {
        expression("ct", () -> message.u32(DESTINATION, FIRST).u32(2, TRACKED_STATE));
    }

    private void lookup(String set) {
        expression("lookup", () -> message.text(1, set).u32(2, FIRST));
    }

    private void drop() {
        expression("immediate", () -> {
            message.u32(DESTINATION, VERDICT);
            int data = message.beginNested(2);
            int verdict = message.beginNested(Nftables.DATA_VERDICT);
            message.u32(Nftables.VERDICT_CODE, DROP).endNested(verdict);
            message.endNested(data);
        });
    }

    private void data(int type, byte... value) {
        int data = message.beginNested(type);
        message.bytes(Nftables.DATA_VALUE, value).endNested(data);
    }

    private void expression(String name, Runnable attributes) {
        int item = message.beginNested(Nftables.LIST_ITEM);
        message.text(Nftables.EXPRESSION_NAME, name);
        int data = message.beginNested(Nftables.EXPRESSION_DATA);
        attributes.run();
        message.endNested(data);
        message.endNested(item);
    }

    private static byte[] hostOrder(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }
}
