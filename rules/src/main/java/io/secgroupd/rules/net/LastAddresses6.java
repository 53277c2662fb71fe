package io.secgroupd.rules.net;

import java.util.Arrays;

/**
 * The last addresses of IPv6 ranges: they take one byte where the range is a prefix, as nearly all are, and 21 bytes
 * where it is not. Written out, they would be half of a list, and too much for the cache.
 */
final class LastAddresses6 {

    private static final int WRITTEN_OUT = -1;
    private static final int FEW = 4;

    /** How many of the lowest bits are free in each range; {@link #WRITTEN_OUT} where it is no prefix, and for ::/0. */
    private final byte[] freeBits;
    /** The indexes of the ranges that are not a prefix, ascending, and the two halves of the last address of each. */
    private final int[] ranges;

    private final long[] halves;

    private LastAddresses6(byte[] freeBits, int[] ranges, long[] halves) {
        this.freeBits = freeBits;
        this.ranges = ranges;
        this.halves = halves;
    }

    /** Reports whether an address at or above a range's first is at or below its last. */
    boolean reach(int range, long firstHigh, long firstLow, long high, long low) {
        int free = freeBits[range];
        if (free == WRITTEN_OUT) {
            int at = 2 * Arrays.binarySearch(ranges, range);
            int byHigh = Long.compareUnsigned(high, halves[at]);
            return byHigh < 0 || (byHigh == 0 && Long.compareUnsigned(low, halves[at + 1]) <= 0);
        }
        long differing = high ^ firstHigh;
        return free >= Long.SIZE
                ? differing >>> (free - Long.SIZE) == 0
                : differing == 0 && (low ^ firstLow) >>> free == 0;
    }

    IpAddress get(int range, IpAddress first) {
        int free = freeBits[range];
        if (free == WRITTEN_OUT) {
            int at = 2 * Arrays.binarySearch(ranges, range);
            return IpAddress.ipv6(halves[at], halves[at + 1]);
        }
        return new Prefix(first, Family.IPV6.bits() - free).last();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LastAddresses6 that
                && Arrays.equals(freeBits, that.freeBits)
                && Arrays.equals(ranges, that.ranges)
                && Arrays.equals(halves, that.halves);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(freeBits);
    }

    /** Takes ranges in ascending order. */
    static final class Builder {
        private byte[] freeBits;
        private int[] ranges = new int[0];
        private long[] halves = new long[0];
        private int size;
        private int writtenOut;

        /** @param expected the number of ranges for which there is room at once */
        Builder(int expected) {
            this.freeBits = new byte[expected];
        }

        /** Appends the last address of the range whose first and last address have these halves. */
        void append(long firstHigh, long firstLow, long lastHigh, long lastLow) {
            if (size == freeBits.length) {
                freeBits = Arrays.copyOf(freeBits, 2 * Math.max(FEW, size));
            }
            int free = freeBits(firstHigh, firstLow, lastHigh, lastLow);
            freeBits[size] = (byte) free;
            if (free == WRITTEN_OUT) {
                writeOut(lastHigh, lastLow);
            }
            size++;
        }

        /** A range is a prefix when its ends differ in the lowest bits alone, which the first address does not have. */
        private static int freeBits(long firstHigh, long firstLow, long lastHigh, long lastLow) {
            long high = firstHigh ^ lastHigh;
            long low = firstLow ^ lastLow;
            boolean lowest = high == 0 ? areLowest(low) : low == -1 && areLowest(high);
            if (!lowest || (firstHigh & high) != 0 || (firstLow & low) != 0) {
                return WRITTEN_OUT;
            }
            int free = Long.bitCount(high) + Long.bitCount(low);
            return free == Family.IPV6.bits() ? WRITTEN_OUT : free; // 128 fits no signed byte, and is not a valid shift
        }

        private static boolean areLowest(long bits) {
            return (bits & (bits + 1)) == 0;
        }

        private void writeOut(long high, long low) {
            if (writtenOut == ranges.length) {
                ranges = Arrays.copyOf(ranges, 2 * writtenOut + 8);
                halves = Arrays.copyOf(halves, 2 * ranges.length);
            }
            ranges[writtenOut] = size;
            halves[2 * writtenOut] = high;
            halves[2 * writtenOut + 1] = low;
            writtenOut++;
        }

        LastAddresses6 build() {
            return new LastAddresses6(
                    size == freeBits.length ? freeBits : Arrays.copyOf(freeBits, size),
                    Arrays.copyOf(ranges, writtenOut),
                    Arrays.copyOf(halves, 2 * writtenOut));
        }
    }
}
