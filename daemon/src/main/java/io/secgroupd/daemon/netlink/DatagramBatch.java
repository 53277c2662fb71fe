package io.secgroupd.daemon.netlink;

import java.nio.ByteBuffer;

/**
 * Holds several datagrams that one system call reads. Reading them one by one costs a system call each, which under a flood
 * is a tenth of all the work.
 */
public final class DatagramBatch {

    /** struct mmsghdr on 64 bits: a struct msghdr of 56 bytes, then the length of what was read, 4, and padding. */
    private static final int HEADER = 64;

    private static final int VECTOR_AT = 16;
    private static final int VECTORS_AT = 24;
    private static final int LENGTH_AT = 56;
    /** struct iovec: address 8, length 8. */
    private static final int VECTOR = 16;

    private final NetlinkBuffer datagrams;
    private final NetlinkBuffer headers;
    private final int slotBytes;
    private final int[] lengths;
    private int count;

    /**
     * @param capacity the most datagrams that fit
     * @param datagramBytes the most bytes of a datagram; a longer one is cut
     */
    public DatagramBatch(int capacity, int datagramBytes) {
        slotBytes = Netlink.align(datagramBytes);
        lengths = new int[capacity];
        datagrams = new NetlinkBuffer(capacity * slotBytes);
        headers = new NetlinkBuffer(capacity * (HEADER + VECTOR));
        layOut(headers.host());
    }

    private void layOut(ByteBuffer bytes) {
        int vectors = lengths.length * HEADER;
        for (int i = 0; i < lengths.length; i++) {
            int vector = vectors + i * VECTOR;
            bytes.putLong(i * HEADER + VECTOR_AT, headers.address() + vector).putLong(i * HEADER + VECTORS_AT, 1);
            bytes.putLong(vector, datagrams.address() + start(i)).putLong(vector + 8, slotBytes);
        }
    }

    /** Removes all datagrams. */
    public void clear() {
        count = 0;
    }

    /** Adds the datagram that has just been written to {@link #start start(count())}. */
    public void add(int bytes) {
        lengths[count++] = bytes;
    }

    /** Adds the first {@code read} datagrams, with the lengths that the kernel has written beside them. */
    void addRead(int read) {
        for (int i = 0; i < read; i++) {
            add(headers.host().getInt(i * HEADER + LENGTH_AT));
        }
    }

    public int count() {
        return count;
    }

    public int capacity() {
        return lengths.length;
    }

    public boolean isFull() {
        return count == lengths.length;
    }

    /** The buffer of all datagrams, each at its own {@link #start}. */
    public NetlinkBuffer buffer() {
        return datagrams;
    }

    /** The offset of a datagram in the buffer. */
    public int start(int index) {
        return index * slotBytes;
    }

    /** The bytes of a datagram. */
    public int length(int index) {
        return lengths[index];
    }

    /** The address of the headers that recvmmsg(2) asks for. */
    long headersAddress() {
        return headers.address();
    }
}
