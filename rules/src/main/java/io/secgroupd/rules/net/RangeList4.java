package io.secgroupd.rules.net;

import java.util.Arrays;

/**
 * IPv4 ranges. The sign bit of every stored number is flipped, so that plain comparisons order them as unsigned. First
 * and last address lie side by side: where one has been read, the other is in the cache.
 */
public final class RangeList4 extends RangeList {

    private static final int FLIP = Integer.MIN_VALUE;

    private final int[] bounds;
    private final BucketIndex index;

    private RangeList4(int[] bounds) {
        this.bounds = bounds;
        this.index = BucketIndex.of(size(), i -> (long) (bounds[2 * i] ^ FLIP) << Integer.SIZE);
    }

    @Override
    public int indexOf(long high, long low) {
        int key = (int) low ^ FLIP;
        long number = low << Integer.SIZE;
        int below = index.from(number); // at or below the last range that begins at or below the address
        int above = index.to(number);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (bounds[2 * middle] <= key) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below >= 0 && key <= bounds[2 * below + 1] ? below : NONE;
    }

    @Override
    public int size() {
        return bounds.length / 2;
    }

    @Override
    public AddressRange get(int index) {
        return new AddressRange(IpAddress.ipv4(bounds[2 * index] ^ FLIP), IpAddress.ipv4(bounds[2 * index + 1] ^ FLIP));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeList4 that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** Takes ranges in ascending order, each above the one before. */
    static final class Builder {
        private int[] bounds = new int[16];
        private int size;

        void append(AddressRange range) {
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, size * 2);
            }
            bounds[size++] = (int) range.first().low() ^ FLIP;
            bounds[size++] = (int) range.last().low() ^ FLIP;
        }

        RangeList4 build() {
            return new RangeList4(Arrays.copyOf(bounds, size));
        }
    }
}
