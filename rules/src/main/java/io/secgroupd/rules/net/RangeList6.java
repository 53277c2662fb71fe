package io.secgroupd.rules.net;

import java.util.Arrays;

/** IPv6 ranges: two longs an address, the sign bits flipped as in {@link RangeList4}. */
public final class RangeList6 extends RangeList {

    private static final long FLIP = Long.MIN_VALUE;

    private final long[] firsts;
    private final long[] lasts;
    private final BucketIndex index;

    private RangeList6(long[] firsts, long[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
        this.index = BucketIndex.of(firsts.length / 2, i -> firsts[2 * i] ^ FLIP);
    }

    @Override
    public int indexOf(long high, long low) {
        long keyHigh = high ^ FLIP;
        long keyLow = low ^ FLIP;
        int below = index.from(high); // at or below the last range that begins at or below the address
        int above = index.to(high);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (atMost(firsts, middle, keyHigh, keyLow)) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below >= 0 && atLeast(lasts, below, keyHigh, keyLow) ? below : NONE;
    }

    private static boolean atMost(long[] numbers, int index, long high, long low) {
        long storedHigh = numbers[2 * index];
        return storedHigh < high || (storedHigh == high && numbers[2 * index + 1] <= low);
    }

    private static boolean atLeast(long[] numbers, int index, long high, long low) {
        long storedHigh = numbers[2 * index];
        return storedHigh > high || (storedHigh == high && numbers[2 * index + 1] >= low);
    }

    @Override
    public int size() {
        return firsts.length / 2;
    }

    @Override
    public AddressRange get(int index) {
        return new AddressRange(address(firsts, index), address(lasts, index));
    }

    private static IpAddress address(long[] numbers, int index) {
        return IpAddress.ipv6(numbers[2 * index] ^ FLIP, numbers[2 * index + 1] ^ FLIP);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeList6 that
                && Arrays.equals(firsts, that.firsts)
                && Arrays.equals(lasts, that.lasts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(lasts);
    }

    /** Takes ranges in ascending order, each above the one before. */
    static final class Builder {
        private long[] firsts = new long[16];
        private long[] lasts = new long[16];
        private int size;

        void append(AddressRange range) {
            if (size == firsts.length) {
                firsts = Arrays.copyOf(firsts, size * 2);
                lasts = Arrays.copyOf(lasts, size * 2);
            }
            store(firsts, range.first());
            store(lasts, range.last());
            size += 2;
        }

        private void store(long[] numbers, IpAddress address) {
            numbers[size] = address.high() ^ FLIP;
            numbers[size + 1] = address.low() ^ FLIP;
        }

        RangeList6 build() {
            return new RangeList6(Arrays.copyOf(firsts, size), Arrays.copyOf(lasts, size));
        }
    }
}
