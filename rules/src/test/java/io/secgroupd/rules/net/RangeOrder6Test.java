package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Ranges are ordered as comparing their first addresses orders them, and each keeps its own end. */
class RangeOrder6Test {

    /** Few different bytes give long common beginnings, and many of them short ones. */
    @Property(tries = 200)
    void firstAddressesAscend(
            @ForAll long seed,
            @ForAll @IntRange(max = 3000) int size,
            @ForAll @IntRange(min = 1, max = 256) int bytes) {
        var random = new Random(seed);
        long[] packed = new long[size * PackedRanges6.WIDTH];
        for (int range = 0; range < size; range++) {
            packed[range * PackedRanges6.WIDTH] = half(random, bytes);
            packed[range * PackedRanges6.WIDTH + 1] = half(random, bytes);
            packed[range * PackedRanges6.WIDTH + 2] = packed[range * PackedRanges6.WIDTH] ^ 5;
            packed[range * PackedRanges6.WIDTH + 3] = packed[range * PackedRanges6.WIDTH + 1] ^ 7;
        }
        List<List<Long>> expected = ranges(packed);
        expected.sort(Comparator.comparing((List<Long> range) -> range.get(0), Long::compareUnsigned)
                .thenComparing(range -> range.get(1), Long::compareUnsigned));

        RangeOrder6.sort(packed, size);

        assertThat(ranges(packed)).isEqualTo(expected);
    }

    @Test
    void equalRangesAreNoWorkWithoutEnd() {
        long[] packed = new long[100_000 * PackedRanges6.WIDTH];
        Arrays.fill(packed, -1);
        packed[packed.length - PackedRanges6.WIDTH] = 1;

        RangeOrder6.sort(packed, 100_000);

        assertThat(packed[0]).isEqualTo(1);
        assertThat(Arrays.stream(packed).filter(word -> word == -1)).hasSize(packed.length - 1);
    }

    private static long half(Random random, int bytes) {
        long half = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            half = half << Byte.SIZE | random.nextInt(bytes) * 85L % 256;
        }
        return half;
    }

    private static List<List<Long>> ranges(long[] packed) {
        var ranges = new ArrayList<List<Long>>();
        for (int at = 0; at < packed.length; at += PackedRanges6.WIDTH) {
            ranges.add(List.of(packed[at], packed[at + 1], packed[at + 2], packed[at + 3]));
        }
        return ranges;
    }
}
