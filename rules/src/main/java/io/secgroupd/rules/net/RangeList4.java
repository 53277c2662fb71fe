package io.secgroupd.rules.net;

import java.util.Arrays;

/** IPv4 ranges. The sign bit of every stored number is flipped, so that plain comparisons order them as unsigned. */
public final class RangeList4 extends RangeList {

    private static final int FLIP = Integer.MIN_VALUE;

    private final int[] firsts;
    private final int[] lasts;
    private final BucketIndex index;

    private RangeList4(int[] firsts, int[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
        this.index = BucketIndex.of(firsts.length, i -> (long) (firsts[i] ^ FLIP) << Integer.SIZE);
    }

    @Override
    public int indexOf(long high, long low) {
        int key = (int) low ^ FLIP;
        long number = low << Integer.SIZE;
        int below = index.from(number); // at or below the last range that begins at or below the address
        int above = index.to(number);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (firsts[middle] <= key) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below >= 0 && key <= lasts[below] ? below : NONE;
    }

    @Override
    public int size() {
        return firsts.length;
    }

    @Override
    public AddressRange get(int index) {
        return new AddressRange(IpAddress.ipv4(firsts[index] ^ FLIP), IpAddress.ipv4(lasts[index] ^ FLIP));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeList4 that
                && Arrays.equals(firsts, that.firsts)
                && Arrays.equals(lasts, that.lasts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(lasts);
    }

    /** Takes ranges in ascending order, each above the one before. */
    static final class Builder {
        private int[] firsts = new int[8];
        private int[] lasts = new int[8];
        private int size;

        void append(AddressRange range) {
            if (size == firsts.length) {
                firsts = Arrays.copyOf(firsts, size * 2);
                lasts = Arrays.copyOf(lasts, size * 2);
            }
            firsts[size] = (int) range.first().low() ^ FLIP;
            lasts[size] = (int) range.last().low() ^ FLIP;
            size++;
        }

        RangeList4 build() {
            return new RangeList4(Arrays.copyOf(firsts, size), Arrays.copyOf(lasts, size));
        }
    }
}
