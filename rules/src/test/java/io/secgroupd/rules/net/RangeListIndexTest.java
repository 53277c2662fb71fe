package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Lists long enough for their index, spread over the whole family or crowded in one corner of it. */
class RangeListIndexTest {

    @Property(tries = 200)
    void findsWhatALinearReadingFinds(
            @ForAll long seed,
            @ForAll Family family,
            @ForAll @IntRange(max = 2000) int size,
            @ForAll @IntRange(max = 127) int crowded) {
        var random = new Random(seed);
        IpAddress corner = near(random, IpAddress.lowest(family), 0);
        int common = crowded % (family.bits() - 12);
        var ranges =
                new ArrayList<>(List.of(AddressRange.of(random.nextBoolean() ? IpAddress.lowest(family) : corner)));
        for (int i = 0; i < size; i++) {
            IpAddress address = near(random, corner, common);
            ranges.add(Prefix.containing(address, family.bits() - random.nextInt(4))
                    .range());
        }
        AddressSet set = AddressSet.of(ranges);
        var byFirst = new TreeMap<IpAddress, AddressRange>();
        set.stream().forEach(range -> byFirst.put(range.first(), range));
        for (int i = 0; i < 1000; i++) {
            IpAddress asked = asked(random, ranges.get(random.nextInt(ranges.size())));
            var below = byFirst.floorEntry(asked);
            assertThat(set.contains(asked))
                    .as(asked.toString())
                    .isEqualTo(below != null && below.getValue().contains(asked));
        }
    }

    /** An edge of a range, an address beside it, or any other. */
    private static IpAddress asked(Random random, AddressRange range) {
        Family family = range.family();
        return switch (random.nextInt(5)) {
            case 0 -> range.first();
            case 1 -> range.last();
            case 2 ->
                range.first().equals(IpAddress.lowest(family))
                        ? range.first()
                        : range.first().previous();
            case 3 ->
                range.last().equals(IpAddress.highest(family))
                        ? range.last()
                        : range.last().next();
            default -> near(random, range.first(), 0);
        };
    }

    /** A random address with the first {@code common} bits of {@code corner}. */
    private static IpAddress near(Random random, IpAddress corner, int common) {
        IpAddress any = corner.family() == Family.IPV4
                ? IpAddress.ipv4(random.nextInt())
                : IpAddress.ipv6(random.nextLong(), random.nextLong());
        IpAddress prefix = Prefix.containing(corner, common).address();
        IpAddress cut = Prefix.containing(any, common).address();
        return new IpAddress(
                corner.family(), prefix.high() | (any.high() ^ cut.high()), prefix.low() | (any.low() ^ cut.low()));
    }
}
