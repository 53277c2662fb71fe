package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is appended can be read back and found, be it a prefix, which is stored short, or any other range. */
class RangeListsTest {

    @Property(tries = 500)
    void rangesComeBackAsTheyWere(@ForAll long seed, @ForAll Family family) {
        List<AddressRange> ranges = disjoint(new Random(seed), family);
        RangeList list = listOf(ranges);
        assertThat(list.size()).isEqualTo(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            assertThat(list.get(i)).isEqualTo(ranges.get(i));
        }
    }

    @Property(tries = 500)
    void bothEndsAreFoundAndTheAddressesBesideThemAreNot(@ForAll long seed, @ForAll Family family) {
        List<AddressRange> ranges = disjoint(new Random(seed), family);
        RangeList list = listOf(ranges);
        for (int i = 0; i < ranges.size(); i++) {
            AddressRange range = ranges.get(i);
            assertThat(numberOf(list, range.first())).isEqualTo(i + 1);
            assertThat(numberOf(list, range.last())).isEqualTo(i + 1);
            if (!range.last().equals(IpAddress.highest(family))) {
                IpAddress above = range.last().next();
                boolean next =
                        i + 1 < ranges.size() && ranges.get(i + 1).first().equals(above);
                assertThat(numberOf(list, above)).isEqualTo(next ? i + 2 : RangeList.NONE);
            }
        }
    }

    @Example
    void aWholeFamilyIsOneRange() {
        for (Family family : Family.values()) {
            RangeList list = listOf(List.of(AddressRange.all(family)));
            assertThat(list.get(0)).isEqualTo(AddressRange.all(family));
            assertThat(numberOf(list, IpAddress.lowest(family))).isEqualTo(1);
            assertThat(numberOf(list, IpAddress.highest(family))).isEqualTo(1);
        }
    }

    private static int numberOf(RangeList list, IpAddress address) {
        return list.numberOf(address.high(), address.low());
    }

    /** The ranges, numbered from 1. */
    private static RangeList listOf(List<AddressRange> ranges) {
        var builder = RangeLists.Builder.numbered();
        int number = 1;
        for (AddressRange range : ranges) {
            builder.append(range, number++);
        }
        return builder.build().of(ranges.get(0).family());
    }

    /** Prefixes of every length and ranges between any two addresses, ascending; those that overlap one before are left out. */
    private static List<AddressRange> disjoint(Random random, Family family) {
        var drawn = new ArrayList<AddressRange>();
        for (int i = 0; i < 300; i++) {
            AddressRange prefix = Prefix.containing(any(random, family), random.nextInt(family.bits() + 1))
                    .range();
            boolean whole = random.nextInt(3) > 0 || prefix.first().equals(prefix.last());
            drawn.add(whole ? prefix : new AddressRange(prefix.first().next(), prefix.last()));
        }
        drawn.sort(Comparator.comparing(AddressRange::last));
        var kept = new ArrayList<AddressRange>();
        for (AddressRange range : drawn) {
            if (kept.isEmpty() || kept.get(kept.size() - 1).last().compareTo(range.first()) < 0) {
                kept.add(range);
            }
        }
        return kept;
    }

    private static IpAddress any(Random random, Family family) {
        return family == Family.IPV4
                ? IpAddress.ipv4(random.nextInt())
                : IpAddress.ipv6(random.nextLong(), random.nextLong());
    }
}
