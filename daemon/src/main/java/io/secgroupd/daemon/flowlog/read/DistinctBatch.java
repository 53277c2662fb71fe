package io.secgroupd.daemon.flowlog.read;

/** Some decisions that were read and are still to be counted, so that one thread may read while another one counts. */
final class DistinctBatch {

    private static final int MOST = 4096;
    private static final int BYTES = 512 * 1024;
    private static final int NUMBERS = 3;

    private final byte[] bytes = new byte[BYTES];
    private final int[] ends = new int[MOST];
    private final long[] numbers = new long[MOST * NUMBERS];
    private int count;
    private int end;

    /** Takes one; false when the batch is full. */
    boolean add(byte[] key, int length, long packets, long first, long last) {
        if (count == MOST || end + length > BYTES) {
            return false;
        }
        System.arraycopy(key, 0, bytes, end, length);
        end += length;
        ends[count] = end;
        int at = count * NUMBERS;
        numbers[at] = packets;
        numbers[at + 1] = first;
        numbers[at + 2] = last;
        count++;
        return true;
    }

    /** Counts all of them, and is empty. */
    void moveTo(DistinctTable table) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            int at = i * NUMBERS;
            table.add(bytes, from, ends[i], numbers[at], numbers[at + 1], numbers[at + 2]);
            from = ends[i];
        }
        count = 0;
        end = 0;
    }
}
