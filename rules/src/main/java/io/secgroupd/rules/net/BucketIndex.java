package io.secgroupd.rules.net;

import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells where to search in a long ascending list of numbers: the leading bits, after those that all numbers have in
 * common, select a bucket of a few numbers. A binary search over a million alone misses the cache twenty times. At most
 * 1 byte an entry.
 */
final class BucketIndex {

    /** Shorter lists stay in the cache, and ten thousand of them are common. */
    private static final int WORTH_IT = 256;

    private final int size;
    /** The leading bits that all numbers have in common, and how many bits these are. */
    private final long common;

    private final int commonBits;
    private final int bucketBits;
    /** The position of the first number of every bucket, and the size. */
    private final int[] starts;

    private BucketIndex(int size, IntToLongFunction numbers, int bucketBits) {
        this.size = size;
        this.bucketBits = bucketBits;
        long first = numbers.applyAsLong(0);
        int shared = Long.numberOfLeadingZeros(first ^ numbers.applyAsLong(size - 1));
        this.commonBits = Math.min(shared, Long.SIZE - bucketBits);
        this.common = leading(first);
        this.starts = new int[(1 << bucketBits) + 1];
        for (int i = 0; i < size; i++) {
            starts[bucket(numbers.applyAsLong(i)) + 1] = i + 1;
        }
        for (int bucket = 1; bucket < starts.length; bucket++) {
            starts[bucket] = Math.max(starts[bucket], starts[bucket - 1]);
        }
    }

    /** The index of {@code size} numbers, unsigned and ascending; null when the list is too short to be worth one. */
    static @Nullable BucketIndex of(int size, IntToLongFunction numbers) {
        int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(size) - 2;
        return size < WORTH_IT ? null : new BucketIndex(size, numbers, bits);
    }

    /** A position at or below that of the last number that is not above {@code key}; -1 when there is none. */
    int from(long key) {
        long leading = leading(key);
        if (leading != common) {
            return Long.compareUnsigned(leading, common) < 0 ? -1 : size - 1;
        }
        return starts[bucket(key)] - 1;
    }

    /** A position above those of all numbers that are not above {@code key}. */
    int to(long key) {
        long leading = leading(key);
        if (leading != common) {
            return Long.compareUnsigned(leading, common) < 0 ? 0 : size;
        }
        return starts[bucket(key) + 1];
    }

    private long leading(long key) {
        return commonBits == 0 ? 0 : key >>> (Long.SIZE - commonBits);
    }

    private int bucket(long key) {
        return (int) ((key << commonBits) >>> (Long.SIZE - bucketBits));
    }
}
