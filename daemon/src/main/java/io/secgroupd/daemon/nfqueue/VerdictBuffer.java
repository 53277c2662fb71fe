package io.secgroupd.daemon.nfqueue;

import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.net.Verdict;

/**
 * Collects the verdicts of one burst and sends them to the kernel by one write. The part that all messages share is laid out
 * once; each verdict copies it and fills in the rest.
 */
public final class VerdictBuffer {

    private static final int NF_DROP = 0;
    private static final int NF_ACCEPT = 1;
    private static final int NF_REPEAT = 4;

    /** The bytes of a verdict message: two headers, and one attribute with verdict 4 and packet id 4. */
    private static final int MESSAGE = 32;

    /** The bytes of a verdict message with one more attribute, the packet's mark. */
    private static final int MARKING_MESSAGE = 40;

    private static final int VERDICT_AT = 24;
    private static final int ID_AT = 28;
    private static final int MARK_AT = 36;

    private final NetlinkBuffer buffer;
    private final long[] plain;
    private final long[] marking;
    private final int capacity;
    private int count;
    private int length;

    /** @param capacity the most verdicts that fit */
    public VerdictBuffer(int queue, int capacity) {
        this.capacity = capacity;
        buffer = new NetlinkBuffer(capacity * MARKING_MESSAGE);
        plain = longs(begin(queue).end(), MESSAGE);
        marking = longs(begin(queue).u32(NfnetlinkQueue.MARK, 0).end(), MARKING_MESSAGE);
    }

    private static MessageWriter begin(int queue) {
        return new MessageWriter(new NetlinkBuffer(MARKING_MESSAGE))
                .begin(NfnetlinkQueue.VERDICT, Netlink.REQUEST, 0, NfnetlinkQueue.UNSPECIFIED_FAMILY, queue)
                .bytes(NfnetlinkQueue.VERDICT_HEADER, new byte[8]);
    }

    private static long[] longs(MessageWriter message, int bytes) {
        long[] longs = new long[bytes / Long.BYTES];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = message.buffer().network().getLong(i * Long.BYTES);
        }
        return longs;
    }

    public void append(int packetId, Verdict verdict) {
        append(plain, packetId, verdict == Verdict.ACCEPT ? NF_ACCEPT : NF_DROP);
    }

    /** Makes an accepted packet traverse the chain that queued it once more, with this mark. */
    public void repeat(int packetId, int mark) {
        buffer.network().putInt(append(marking, packetId, NF_REPEAT) + MARK_AT, mark);
    }

    private int append(long[] message, int packetId, int verdict) {
        int at = length;
        for (int i = 0; i < message.length; i++) {
            buffer.network().putLong(at + i * Long.BYTES, message[i]);
        }
        buffer.network().putInt(at + VERDICT_AT, verdict).putInt(at + ID_AT, packetId);
        length += message.length * Long.BYTES;
        count++;
        return at;
    }

    public void clear() {
        count = 0;
        length = 0;
    }

    public int count() {
        return count;
    }

    public boolean isFull() {
        return count == capacity;
    }

    /** The buffer, whose first {@link #length()} bytes are the messages. */
    public NetlinkBuffer buffer() {
        return buffer;
    }

    public int length() {
        return length;
    }
}
