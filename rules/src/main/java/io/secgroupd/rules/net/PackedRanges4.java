package io.secgroupd.rules.net;

import java.util.Arrays;

/** IPv4 ranges in any order, 8 bytes each: lists of a million lines are gathered without an object a line. */
final class PackedRanges4 {

    /** Flips the first address's sign bit, so that the order of the numbers is the order of the addresses. */
    private static final long FLIP = Long.MIN_VALUE;

    private long[] packed = new long[8];
    private int size;

    void add(long first, long last) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, size + (size >> 1));
        }
        packed[size++] = (first << 32 | last) ^ FLIP;
    }

    int size() {
        return size;
    }

    void sort() {
        Arrays.sort(packed, 0, size);
    }

    AddressRange get(int index) {
        long pair = packed[index] ^ FLIP;
        return new AddressRange(IpAddress.ipv4((int) (pair >>> 32)), IpAddress.ipv4((int) pair));
    }
}
