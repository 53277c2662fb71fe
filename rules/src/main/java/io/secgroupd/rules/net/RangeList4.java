package io.secgroupd.rules.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IPv4 ranges. The sign bit of every stored address is flipped, so that plain comparisons order them as unsigned. First and
 * last address and the number, if there is one, lie side by side: where one has been read, the others are in the cache.
 */
public final class RangeList4 extends RangeList {

    private static final int FLIP = Integer.MIN_VALUE;
    private static final int BOUNDS = 2;
    private static final int FEW = 8;

    private final int[] words;
    /** The array elements for each range: its bounds, or its bounds and its number. */
    private final int width;

    private final @Nullable BucketIndex index;

    private RangeList4(int[] words, int width) {
        this.words = words;
        this.width = width;
        this.index = BucketIndex.of(size(), i -> (long) (words[width * i] ^ FLIP) << Integer.SIZE);
    }

    @Override
    public int indexOf(long high, long low) {
        int range = lastBeginning(low);
        return range >= 0 && reaches(range, low) ? range : NONE;
    }

    @Override
    public int indexFrom(long high, long low) {
        int range = lastBeginning(low);
        return range >= 0 && reaches(range, low) ? range : range + 1;
    }

    private boolean reaches(int range, long low) {
        return ((int) low ^ FLIP) <= words[width * range + 1];
    }

    /** The last range that begins at or below the address; -1 when there is none. */
    private int lastBeginning(long low) {
        int key = (int) low ^ FLIP;
        long number = low << Integer.SIZE;
        int below = index == null
                ? NONE
                : index.from(number); // at or below the last range that begins at or below the address
        int above = index == null ? size() : index.to(number);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (words[width * middle] <= key) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below;
    }

    @Override
    public int numberOf(long high, long low) {
        int range = indexOf(high, low);
        return range == NONE ? NONE : width == BOUNDS ? 0 : words[width * range + BOUNDS];
    }

    @Override
    public int size() {
        return words.length / width;
    }

    @Override
    public AddressRange get(int index) {
        int at = width * index;
        return new AddressRange(IpAddress.ipv4(words[at] ^ FLIP), IpAddress.ipv4(words[at + 1] ^ FLIP));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeList4 that && width == that.width && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** Takes ranges in ascending order, each above the one before. */
    static final class Builder {
        private final int width;
        private int[] words;
        private int size;

        /** @param expected the number of ranges for which there is room at once */
        Builder(boolean numbered, int expected) {
            this.width = numbered ? BOUNDS + 1 : BOUNDS;
            this.words = new int[expected * width];
        }

        /** Appends a range, both ends as 32 bits. */
        void append(int first, int last, int number) {
            if (size == words.length) {
                words = Arrays.copyOf(words, 2 * Math.max(width * FEW, size));
            }
            words[size] = first ^ FLIP;
            words[size + 1] = last ^ FLIP;
            if (width > BOUNDS) {
                words[size + BOUNDS] = number;
            }
            size += width;
        }

        RangeList4 build() {
            return new RangeList4(size == words.length ? words : Arrays.copyOf(words, size), width);
        }
    }
}
