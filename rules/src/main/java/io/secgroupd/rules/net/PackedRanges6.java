package io.secgroupd.rules.net;

import java.util.Arrays;

/** IPv6 ranges in any order, 32 bytes each: both halves of the first address, then of the last. */
final class PackedRanges6 {

    private static final int WIDTH = 4;

    private long[] packed = new long[WIDTH * 4];
    private int size;

    void add(AddressRange range) {
        if (size * WIDTH == packed.length) {
            packed = Arrays.copyOf(packed, WIDTH * (size + (size >> 1)));
        }
        int at = size++ * WIDTH;
        packed[at] = range.first().high();
        packed[at + 1] = range.first().low();
        packed[at + 2] = range.last().high();
        packed[at + 3] = range.last().low();
    }

    int size() {
        return size;
    }

    AddressRange get(int index) {
        int at = index * WIDTH;
        return new AddressRange(
                IpAddress.ipv6(packed[at], packed[at + 1]), IpAddress.ipv6(packed[at + 2], packed[at + 3]));
    }

    /** Orders by first address. A heap sort needs no second array, and no stack that hostile input could deepen. */
    void sort() {
        if (isSorted()) {
            return; // lists that tools write are sorted already
        }
        for (int root = size / 2 - 1; root >= 0; root--) {
            sift(root, size);
        }
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            sift(0, end);
        }
    }

    private boolean isSorted() {
        for (int i = 1; i < size; i++) {
            if (compare(i - 1, i) > 0) {
                return false;
            }
        }
        return true;
    }

    private void sift(int from, int end) {
        int root = from;
        for (int child = 2 * root + 1; child < end; child = 2 * root + 1) {
            if (child + 1 < end && compare(child, child + 1) < 0) {
                child++;
            }
            if (compare(root, child) >= 0) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private int compare(int a, int b) {
        int byHigh = Long.compareUnsigned(packed[a * WIDTH], packed[b * WIDTH]);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(packed[a * WIDTH + 1], packed[b * WIDTH + 1]);
    }

    private void swap(int a, int b) {
        for (int i = 0; i < WIDTH; i++) {
            long kept = packed[a * WIDTH + i];
            packed[a * WIDTH + i] = packed[b * WIDTH + i];
            packed[b * WIDTH + i] = kept;
        }
    }
}
