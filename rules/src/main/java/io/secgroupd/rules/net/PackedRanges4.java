package io.secgroupd.rules.net;

import java.util.Arrays;

/** IPv4 ranges in any order, 8 bytes each: lists of a million lines are gathered without an object a line. */
final class PackedRanges4 {

    /** Flips the first address's sign bit, so that the order of the numbers is the order of the addresses. */
    private static final long FLIP = Long.MIN_VALUE;

    private static final long MASK = 0xffff_ffffL;
    private static final int FEW = 4;

    private long[] packed = {};
    private int size;

    /** Adds a range, both ends as unsigned numbers of 32 bits. */
    void add(long first, long last) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, Math.max(FEW, size + (size >> 1)));
        }
        packed[size++] = (first << 32 | last) ^ FLIP;
    }

    /** The ranges in ascending order; those that overlap or touch are joined. */
    RangeList4 merged() {
        Arrays.sort(packed, 0, size);
        var merged = new RangeList4.Builder(false, size);
        for (int range = 0; range < size; ) {
            range = append(range, merged);
        }
        return merged.build();
    }

    /** Appends a range with those that continue it, and returns the next one. */
    private int append(int range, RangeList4.Builder merged) {
        long last = last(range);
        int next = range + 1;
        while (next < size && first(next) <= last + 1) {
            last = Math.max(last, last(next));
            next++;
        }
        merged.append((int) first(range), (int) last, 0);
        return next;
    }

    private long first(int range) {
        return (packed[range] ^ FLIP) >>> 32;
    }

    private long last(int range) {
        return packed[range] & MASK;
    }
}
