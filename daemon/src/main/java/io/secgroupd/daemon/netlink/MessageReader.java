package io.secgroupd.daemon.netlink;

import java.nio.ByteBuffer;

/**
 * Walks over the messages of one read. Total: a length that leads outside the bytes ends the walk and is remembered as
 * {@link #malformed()}, so that a caller checks once, at the end.
 */
public final class MessageReader {

    private final NetlinkBuffer buffer;
    private final ByteBuffer host;
    private int start;
    private int end;
    private int next;
    private int limit;
    private boolean malformed;

    public MessageReader(NetlinkBuffer buffer) {
        this.buffer = buffer;
        this.host = buffer.host();
    }

    /** Restarts with the first {@code length} bytes of the buffer. */
    public void reset(int length) {
        reset(0, length);
    }

    /** Restarts with {@code length} bytes of the buffer, from an offset. */
    public void reset(int from, int length) {
        start = from;
        end = from;
        next = from;
        limit = Math.min(from + length, buffer.capacity());
        malformed = false;
    }

    /** Goes to the next message. Returns false when there is none. */
    public boolean next() {
        int left = limit - next;
        if (left < Netlink.MESSAGE_HEADER) {
            malformed |= left > 0;
            return false;
        }
        int length = host.getInt(next);
        if (length < Netlink.MESSAGE_HEADER || length > left) {
            malformed = true;
            next = limit;
            return false;
        }
        start = next;
        end = start + length;
        next = Math.min(limit, start + Netlink.align(length));
        return true;
    }

    public int type() {
        return host.getShort(start + 4) & 0xffff;
    }

    public int sequence() {
        return host.getInt(start + 8);
    }

    /** The protocol family of the netfilter header of the current message; 0 when the message ends before it. */
    public int family() {
        return end - start > Netlink.MESSAGE_HEADER ? host.get(start + Netlink.MESSAGE_HEADER) & 0xff : 0;
    }

    /** Reports whether the message belongs to a listing of which the kernel may have left out a part. */
    public boolean isInterrupted() {
        return (host.getShort(start + 6) & Netlink.DUMP_INTERRUPTED) != 0;
    }

    /**
     * The errno of an {@link Netlink#ERROR} message, where 0 acknowledges, or of {@link Netlink#DONE}, where it says what
     * ended a listing early. A message too short to have one gives EINVAL.
     */
    public int errno() {
        return end - start < Netlink.MESSAGE_HEADER + 4 ? Errno.EINVAL : -host.getInt(start + Netlink.MESSAGE_HEADER);
    }

    /** Sets the reader on the attributes behind the netfilter header of the current message. */
    public void attributes(AttributeReader into) {
        into.reset(Math.min(end, start + Netlink.MESSAGE_HEADER + Netlink.NFGEN_HEADER), end);
    }

    /** Reports whether the walk ended at bytes that are not a message. */
    public boolean malformed() {
        return malformed;
    }
}
