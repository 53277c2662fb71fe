package io.secgroupd.rules.net;

import java.util.Arrays;

/**
 * Orders IPv6 ranges by their first addresses: by the first byte into 256 buckets, then each of these by the next byte. It needs no
 * second array, and no list can make it slow or its stack deep: an address has 16 bytes.
 */
final class RangeOrder6 {

    private static final int BYTES = 16;
    private static final int BUCKETS = 256;

    /** So few are ordered by comparing them. */
    private static final int FEW = 24;

    private final long[] packed;

    private RangeOrder6(long[] packed) {
        this.packed = packed;
    }

    /**
     * Orders ranges in their array.
     *
     * @param packed both halves of the first address and of the last one, one range after another
     * @param size   how many ranges
     */
    static void sort(long[] packed, int size) {
        var order = new RangeOrder6(packed);
        if (!order.isSorted(size)) { // lists that tools write are sorted already
            order.sort(0, size, 0);
        }
    }

    private boolean isSorted(int size) {
        for (int range = 1; range < size; range++) {
            if (compare(range - 1, range) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Orders the ranges of a bucket, whose first addresses are equal before a byte. */
    private void sort(int from, int to, int place) {
        if (to - from <= FEW) {
            insert(from, to);
        } else if (place < BYTES) {
            int[] starts = starts(from, to, place);
            distribute(starts, place);
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                sort(starts[bucket], starts[bucket + 1], place + 1);
            }
        }
    }

    private void insert(int from, int to) {
        for (int range = from + 1; range < to; range++) {
            for (int at = range; at > from && compare(at - 1, at) > 0; at--) {
                swap(at - 1, at);
            }
        }
    }

    /** Where each bucket will begin, and behind them the end of the last. */
    private int[] starts(int from, int to, int place) {
        int[] starts = new int[BUCKETS + 1];
        for (int range = from; range < to; range++) {
            starts[bucket(range, place) + 1]++;
        }
        starts[0] = from;
        for (int bucket = 1; bucket <= BUCKETS; bucket++) {
            starts[bucket] += starts[bucket - 1];
        }
        return starts;
    }

    private void distribute(int[] starts, int place) {
        int[] next = Arrays.copyOf(starts, BUCKETS);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            while (next[bucket] < starts[bucket + 1]) {
                int home = bucket(next[bucket], place);
                if (home == bucket) {
                    next[bucket]++;
                } else {
                    swap(next[bucket], next[home]++);
                }
            }
        }
    }

    /** A byte of the first address; the first byte is at place 0. */
    private int bucket(int range, int place) {
        long half = packed[range * PackedRanges6.WIDTH + place / Long.BYTES];
        return (int) (half >>> (Long.SIZE - Byte.SIZE * (place % Long.BYTES + 1))) & 0xff;
    }

    private int compare(int a, int b) {
        int one = a * PackedRanges6.WIDTH;
        int other = b * PackedRanges6.WIDTH;
        int byHigh = Long.compareUnsigned(packed[one], packed[other]);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(packed[one + 1], packed[other + 1]);
    }

    private void swap(int a, int b) {
        for (int word = 0; word < PackedRanges6.WIDTH; word++) {
            int one = a * PackedRanges6.WIDTH + word;
            int other = b * PackedRanges6.WIDTH + word;
            long kept = packed[one];
            packed[one] = packed[other];
            packed[other] = kept;
        }
    }
}
