package io.secgroupd.daemon.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages one after the other into a buffer and fills in their lengths. Values are written in network order, as
 * netfilter wants them. A message that does not fit raises {@link IndexOutOfBoundsException}.
 */
public final class MessageWriter {

    private final NetlinkBuffer buffer;
    private final ByteBuffer host;
    private final ByteBuffer network;
    private int start;
    private int end;

    public MessageWriter(NetlinkBuffer buffer) {
        this.buffer = buffer;
        this.host = buffer.host();
        this.network = buffer.network();
    }

    /** Removes every message. */
    public void clear() {
        start = 0;
        end = 0;
    }

    /** Begins a message for a netfilter subsystem. */
    public MessageWriter begin(int type, int flags, int sequence, int family, int resourceId) {
        start = end;
        host.putInt(start, 0).putShort(start + 4, (short) type).putShort(start + 6, (short) flags);
        // The kernel replaces port id 0 by the sender's.
        host.putInt(start + 8, sequence).putInt(start + 12, 0);
        end = start + Netlink.MESSAGE_HEADER;
        network.put(end, (byte) family).put(end + 1, (byte) 0).putShort(end + 2, (short) resourceId);
        end += Netlink.NFGEN_HEADER;
        return this;
    }

    public MessageWriter u8(int type, int value) {
        int at = attribute(type, 1);
        network.put(at, (byte) value);
        return this;
    }

    public MessageWriter u16(int type, int value) {
        int at = attribute(type, 2);
        network.putShort(at, (short) value);
        return this;
    }

    public MessageWriter u32(int type, int value) {
        int at = attribute(type, 4);
        network.putInt(at, value);
        return this;
    }

    public MessageWriter u64(int type, long value) {
        int at = attribute(type, 8);
        network.putLong(at, value);
        return this;
    }

    /** Writes an ASCII text with the NUL that ends it. */
    public MessageWriter text(int type, String value) {
        return bytes(type, (value + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    public MessageWriter bytes(int type, byte... value) {
        int at = attribute(type, value.length);
        network.put(at, value);
        return this;
    }

    /** Begins an attribute that holds attributes. Returns the value that {@link #endNested} needs. */
    public int beginNested(int type) {
        int nested = end;
        attribute(type | Netlink.NESTED, 0);
        return nested;
    }

    /** Writes attributes, in the form in which they were read, into the attribute that was begun last. */
    public MessageWriter append(byte... attributes) {
        network.put(end, attributes);
        end += attributes.length;
        return this;
    }

    public MessageWriter endNested(int nested) {
        host.putShort(nested, (short) (end - nested));
        return this;
    }

    /** Ends the message. */
    public MessageWriter end() {
        host.putInt(start, end - start);
        return this;
    }

    /** The number of bytes written so far. */
    public int length() {
        return end;
    }

    public NetlinkBuffer buffer() {
        return buffer;
    }

    /** Writes the header of an attribute and zeroes its padding, so that no old byte leaves the process. */
    private int attribute(int type, int length) {
        int at = end;
        host.putShort(at, (short) (Netlink.ATTRIBUTE_HEADER + length)).putShort(at + 2, (short) type);
        int value = at + Netlink.ATTRIBUTE_HEADER;
        end = value + Netlink.align(length);
        for (int padding = value + length; padding < end; padding++) {
            network.put(padding, (byte) 0);
        }
        return value;
    }
}
