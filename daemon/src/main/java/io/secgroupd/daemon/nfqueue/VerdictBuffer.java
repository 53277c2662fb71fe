package io.secgroupd.daemon.nfqueue;

import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.net.Verdict;

/**
 * The verdicts of one burst, sent to the kernel by one write. The messages are laid out once; a verdict fills in two
 * numbers.
 */
public final class VerdictBuffer {

    private static final int NF_DROP = 0;
    private static final int NF_ACCEPT = 1;

    /** Bytes of a verdict message: two headers, and one attribute with verdict 4 and packet id 4. */
    private static final int MESSAGE = 32;

    private static final int VERDICT_AT = 24;
    private static final int ID_AT = 28;

    private final NetlinkBuffer buffer;
    private final int capacity;
    private int count;

    /** @param capacity verdicts that fit */
    public VerdictBuffer(int queue, int capacity) {
        this.capacity = capacity;
        buffer = new NetlinkBuffer(capacity * MESSAGE);
        MessageWriter writer = new MessageWriter(buffer);
        for (int i = 0; i < capacity; i++) {
            writer.begin(Protocol.VERDICT, Netlink.REQUEST, 0, Protocol.UNSPECIFIED_FAMILY, queue)
                    .bytes(Protocol.VERDICT_HEADER, new byte[8])
                    .end();
        }
    }

    public void append(int packetId, Verdict verdict) {
        int at = count * MESSAGE;
        buffer.network().putInt(at + VERDICT_AT, verdict == Verdict.ACCEPT ? NF_ACCEPT : NF_DROP);
        buffer.network().putInt(at + ID_AT, packetId);
        count++;
    }

    public void clear() {
        count = 0;
    }

    public int count() {
        return count;
    }

    public boolean isFull() {
        return count == capacity;
    }

    /** The messages, {@link #length()} bytes of them. */
    public NetlinkBuffer buffer() {
        return buffer;
    }

    public int length() {
        return count * MESSAGE;
    }
}
