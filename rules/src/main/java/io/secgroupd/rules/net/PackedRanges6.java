package io.secgroupd.rules.net;

import java.util.Arrays;

/** IPv6 ranges in any order, 32 bytes each: both halves of the first address, then of the last. */
final class PackedRanges6 {

    static final int WIDTH = 4;

    private static final int FEW = 4;

    private long[] packed = {};
    private int size;

    void add(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        if (size * WIDTH == packed.length) {
            packed = Arrays.copyOf(packed, WIDTH * Math.max(FEW, size + (size >> 1)));
        }
        int at = size++ * WIDTH;
        packed[at] = firstHigh;
        packed[at + 1] = firstLow;
        packed[at + 2] = lastHigh;
        packed[at + 3] = lastLow;
    }

    /** The ranges in ascending order; those that overlap or touch are joined. */
    RangeList6 merged() {
        RangeOrder6.sort(packed, size);
        var merged = new RangeList6.Builder(false, size);
        for (int range = 0; range < size; ) {
            range = append(range, merged);
        }
        return merged.build();
    }

    /** Appends a range with those that continue it, and returns the next one. */
    private int append(int range, RangeList6.Builder merged) {
        int at = range * WIDTH;
        long lastHigh = packed[at + 2];
        long lastLow = packed[at + 3];
        int next = range + 1;
        while (next < size && continues(next, lastHigh, lastLow)) {
            int after = next * WIDTH;
            if (compare(packed[after + 2], packed[after + 3], lastHigh, lastLow) > 0) {
                lastHigh = packed[after + 2];
                lastLow = packed[after + 3];
            }
            next++;
        }
        merged.append(packed[at], packed[at + 1], lastHigh, lastLow, 0);
        return next;
    }

    /** Reports whether a range begins at, below or one above an address. */
    private boolean continues(int range, long lastHigh, long lastLow) {
        long high = packed[range * WIDTH];
        long low = packed[range * WIDTH + 1];
        if (compare(high, low, lastHigh, lastLow) <= 0) {
            return true;
        }
        return low - 1 == lastLow && (low == 0 ? high - 1 : high) == lastHigh;
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }
}
