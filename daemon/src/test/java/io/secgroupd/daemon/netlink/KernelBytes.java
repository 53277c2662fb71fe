package io.secgroupd.daemon.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Messages as the kernel lays them out, byte by byte, without the code that is under test. */
public final class KernelBytes {

    /** NLM_F_MULTI: more messages follow, up to a DONE. */
    public static final int MULTI = 0x02;

    /** NLM_F_DUMP_INTR: the table changed while it was listed. */
    public static final int INTERRUPTED = 0x10;

    private static final int NESTED = 0x8000;
    private static final int ACKNOWLEDGED = 0;

    private KernelBytes() {}

    public static byte[] message(int type, int flags, int sequence, byte[]... body) {
        byte[] rest = join(body);
        ByteBuffer message = ByteBuffer.allocate(16 + aligned(rest.length)).order(ByteOrder.nativeOrder());
        message.putInt(16 + rest.length).putShort((short) type).putShort((short) flags);
        message.putInt(sequence).putInt(0).put(rest);
        return message.array();
    }

    /** A message of netfilter: its header comes before the attributes. */
    public static byte[] netfilter(int type, int flags, int sequence, int family, byte[]... attributes) {
        return message(type, flags, sequence, new byte[] {(byte) family, 0, 0, 0}, join(attributes));
    }

    /** NLMSG_ERROR with the request's header behind the number. */
    public static byte[] error(int sequence, int errno) {
        return message(Netlink.ERROR, 0, sequence, number(-errno), new byte[16]);
    }

    public static byte[] acknowledgement(int sequence) {
        return error(sequence, ACKNOWLEDGED);
    }

    /** NLMSG_DONE, which has a number too: that of what ended the listing early. */
    public static byte[] done(int sequence, int errno) {
        return message(Netlink.DONE, MULTI, sequence, number(-errno));
    }

    /** An attribute, with padding behind it. */
    public static byte[] attribute(int type, byte... value) {
        ByteBuffer attribute = ByteBuffer.allocate(4 + aligned(value.length)).order(ByteOrder.nativeOrder());
        return attribute
                .putShort((short) (4 + value.length))
                .putShort((short) type)
                .put(value)
                .array();
    }

    public static byte[] nested(int type, byte[]... attributes) {
        return attribute(type | NESTED, join(attributes));
    }

    public static byte[] u8(int type, int value) {
        return attribute(type, (byte) value);
    }

    public static byte[] u16(int type, int value) {
        return attribute(type, (byte) (value >> 8), (byte) value);
    }

    public static byte[] u32(int type, int value) {
        return attribute(type, ByteBuffer.allocate(4).putInt(value).array());
    }

    public static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static int aligned(int length) {
        return (length + 3) / 4 * 4;
    }
}
