package io.secgroupd.rules.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IPv6 ranges: four longs a range, laid out and flipped as in {@link RangeList4}; the numbers lie apart. */
public final class RangeList6 extends RangeList {

    private static final long FLIP = Long.MIN_VALUE;
    private static final int LONGS = 4;
    private static final int LAST = 2;

    private final long[] bounds;
    /** Empty when the ranges have none. */
    private final int[] numbers;

    private final @Nullable BucketIndex index;

    private RangeList6(long[] bounds, int[] numbers) {
        this.bounds = bounds;
        this.numbers = numbers;
        this.index = BucketIndex.of(size(), i -> bounds[LONGS * i] ^ FLIP);
    }

    @Override
    public int indexOf(long high, long low) {
        long keyHigh = high ^ FLIP;
        long keyLow = low ^ FLIP;
        int below = index == null
                ? NONE
                : index.from(high); // at or below the last range that begins at or below the address
        int above = index == null ? size() : index.to(high);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (atMost(LONGS * middle, keyHigh, keyLow)) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below >= 0 && atLeast(LONGS * below + LAST, keyHigh, keyLow) ? below : NONE;
    }

    private boolean atMost(int place, long high, long low) {
        long storedHigh = bounds[place];
        return storedHigh < high || (storedHigh == high && bounds[place + 1] <= low);
    }

    private boolean atLeast(int place, long high, long low) {
        long storedHigh = bounds[place];
        return storedHigh > high || (storedHigh == high && bounds[place + 1] >= low);
    }

    @Override
    public int numberOf(long high, long low) {
        int range = indexOf(high, low);
        return range == NONE ? NONE : numbers.length == 0 ? 0 : numbers[range];
    }

    @Override
    public int size() {
        return bounds.length / LONGS;
    }

    @Override
    public AddressRange get(int index) {
        return new AddressRange(address(LONGS * index), address(LONGS * index + LAST));
    }

    private IpAddress address(int place) {
        return IpAddress.ipv6(bounds[place] ^ FLIP, bounds[place + 1] ^ FLIP);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeList6 that
                && Arrays.equals(bounds, that.bounds)
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** Takes ranges in ascending order, each above the one before. */
    static final class Builder {
        private final boolean numbered;
        private long[] bounds = new long[8 * LONGS];
        private int[] numbers = new int[8];
        private int size;

        Builder(boolean numbered) {
            this.numbered = numbered;
        }

        void append(AddressRange range, int number) {
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, size * 2);
                numbers = numbered ? Arrays.copyOf(numbers, numbers.length * 2) : numbers;
            }
            if (numbered) {
                numbers[size / LONGS] = number;
            }
            store(range.first());
            store(range.last());
        }

        private void store(IpAddress address) {
            bounds[size++] = address.high() ^ FLIP;
            bounds[size++] = address.low() ^ FLIP;
        }

        RangeList6 build() {
            return new RangeList6(Arrays.copyOf(bounds, size), Arrays.copyOf(numbers, numbered ? size / LONGS : 0));
        }
    }
}
