package io.secgroupd.daemon.netlink;

import java.nio.ByteBuffer;

/**
 * Walks over attributes. Total: a length that leads outside the bytes, or a value shorter than the type read, is remembered
 * as {@link #malformed()}, and the value is 0. A caller reads on and checks once, at the end.
 */
public final class AttributeReader {

    private final ByteBuffer host;
    private final ByteBuffer network;
    private final int capacity;
    private int next;
    private int limit;
    private int type;
    private int offset;
    private int length;
    private boolean malformed;

    public AttributeReader(NetlinkBuffer buffer) {
        this.host = buffer.host();
        this.network = buffer.network();
        this.capacity = buffer.capacity();
    }

    /** Restarts with the attributes between two offsets of the buffer. */
    public void reset(int from, int to) {
        next = from;
        limit = Math.min(to, capacity);
        type = 0;
        offset = from;
        length = 0;
        malformed = false;
    }

    /** Goes to the next attribute. Returns false when there is none. */
    public boolean next() {
        int left = limit - next;
        if (left < Netlink.ATTRIBUTE_HEADER) {
            malformed |= left > 0;
            return false;
        }
        int total = host.getShort(next) & 0xffff;
        if (total < Netlink.ATTRIBUTE_HEADER || total > left) {
            malformed = true;
            next = limit;
            return false;
        }
        type = host.getShort(next + 2) & Netlink.TYPE_MASK;
        offset = next + Netlink.ATTRIBUTE_HEADER;
        length = total - Netlink.ATTRIBUTE_HEADER;
        next = Math.min(limit, next + Netlink.align(total));
        return true;
    }

    public int type() {
        return type;
    }

    /** The offset of the value in the buffer. */
    public int offset() {
        return offset;
    }

    /** The bytes of the value. */
    public int length() {
        return length;
    }

    public int u8(int at) {
        return holds(at, 1) ? network.get(offset + at) & 0xff : 0;
    }

    public int u16(int at) {
        return holds(at, 2) ? network.getShort(offset + at) & 0xffff : 0;
    }

    public int u32(int at) {
        return holds(at, 4) ? network.getInt(offset + at) : 0;
    }

    public long u64(int at) {
        return holds(at, 8) ? network.getLong(offset + at) : 0;
    }

    /** Sets another reader on the attributes within this one. */
    public void nested(AttributeReader into) {
        into.reset(offset, offset + length);
    }

    /** Reports whether any attribute so far was malformed. */
    public boolean malformed() {
        return malformed;
    }

    private boolean holds(int at, int bytes) {
        boolean held = at >= 0 && at <= length - bytes;
        malformed |= !held;
        return held;
    }
}
