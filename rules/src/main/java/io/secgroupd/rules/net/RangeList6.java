package io.secgroupd.rules.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IPv6 ranges: the first addresses, flipped as in {@link RangeList4} and searched alone, the last ones and the numbers. */
public final class RangeList6 extends RangeList {

    private static final long FLIP = Long.MIN_VALUE;
    private static final int FEW = 4;

    /** Two halves a range. */
    private final long[] firsts;

    private final LastAddresses6 lasts;
    /** Empty when the ranges have none. */
    private final int[] numbers;

    private final @Nullable BucketIndex index;

    private RangeList6(long[] firsts, LastAddresses6 lasts, int[] numbers) {
        this.firsts = firsts;
        this.lasts = lasts;
        this.numbers = numbers;
        this.index = BucketIndex.of(size(), i -> firsts[2 * i] ^ FLIP);
    }

    @Override
    public int indexOf(long high, long low) {
        int range = lastBeginning(high, low);
        return range >= 0 && reaches(range, high, low) ? range : NONE;
    }

    @Override
    public int indexFrom(long high, long low) {
        int range = lastBeginning(high, low);
        return range >= 0 && reaches(range, high, low) ? range : range + 1;
    }

    private boolean reaches(int range, long high, long low) {
        return lasts.reach(range, firsts[2 * range] ^ FLIP, firsts[2 * range + 1] ^ FLIP, high, low);
    }

    /** The last range that begins at or below the address; -1 when there is none. */
    private int lastBeginning(long high, long low) {
        long keyHigh = high ^ FLIP;
        long keyLow = low ^ FLIP;
        int below = index == null
                ? NONE
                : index.from(high); // at or below the last range that begins at or below the address
        int above = index == null ? size() : index.to(high);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (beginsAtMost(middle, keyHigh, keyLow)) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below;
    }

    private boolean beginsAtMost(int range, long keyHigh, long keyLow) {
        long high = firsts[2 * range];
        return high < keyHigh || (high == keyHigh && firsts[2 * range + 1] <= keyLow);
    }

    @Override
    public int numberOf(long high, long low) {
        int range = indexOf(high, low);
        return range == NONE ? NONE : numbers.length == 0 ? 0 : numbers[range];
    }

    @Override
    public int size() {
        return firsts.length / 2;
    }

    @Override
    public AddressRange get(int index) {
        IpAddress first = IpAddress.ipv6(firsts[2 * index] ^ FLIP, firsts[2 * index + 1] ^ FLIP);
        return new AddressRange(first, lasts.get(index, first));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeList6 that
                && Arrays.equals(firsts, that.firsts)
                && lasts.equals(that.lasts)
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(firsts) + lasts.hashCode();
    }

    /** Takes ranges in ascending order, each above the one before. */
    static final class Builder {
        private final boolean numbered;
        private final LastAddresses6.Builder lasts;
        private long[] firsts;
        private int[] numbers;
        private int size;

        /** @param expected the number of ranges for which there is room at once */
        Builder(boolean numbered, int expected) {
            this.numbered = numbered;
            this.lasts = new LastAddresses6.Builder(expected);
            this.firsts = new long[2 * expected];
            this.numbers = new int[numbered ? expected : 0];
        }

        /** Appends the range whose first and last address have these halves. */
        void append(long firstHigh, long firstLow, long lastHigh, long lastLow, int number) {
            if (2 * size == firsts.length) {
                int room = 2 * Math.max(FEW, size);
                firsts = Arrays.copyOf(firsts, 2 * room);
                numbers = numbered ? Arrays.copyOf(numbers, room) : numbers;
            }
            if (numbered) {
                numbers[size] = number;
            }
            firsts[2 * size] = firstHigh ^ FLIP;
            firsts[2 * size + 1] = firstLow ^ FLIP;
            lasts.append(firstHigh, firstLow, lastHigh, lastLow);
            size++;
        }

        RangeList6 build() {
            return new RangeList6(
                    2 * size == firsts.length ? firsts : Arrays.copyOf(firsts, 2 * size),
                    lasts.build(),
                    Arrays.copyOf(numbers, numbered ? size : 0));
        }
    }
}
