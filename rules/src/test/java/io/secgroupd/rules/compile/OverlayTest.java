package io.secgroupd.rules.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.decide.AddressTable;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OverlayTest {

    private static final int UNIVERSE = 48;
    /** The lowest and the highest addresses of both families, and the carry between the halves of an IPv6 address. */
    private static final List<IpAddress> BASES = List.of(
            IpAddress.ipv4(0),
            IpAddress.ipv4(-UNIVERSE),
            IpAddress.ipv4(Integer.MAX_VALUE - 20),
            IpAddress.ipv6(0, 0),
            IpAddress.ipv6(-1, -UNIVERSE),
            IpAddress.ipv6(7, -20));

    @Property(tries = 500)
    void anAddressGetsTheFirstSetThatHoldsIt(@ForAll long seed, @ForAll @IntRange(max = 12) int sets) {
        var random = new Random(seed);
        List<AddressSet> laid = Stream.generate(() -> set(random)).limit(sets).toList();
        AddressTable table = Overlay.of(laid);
        for (IpAddress base : BASES) {
            for (int i = 0; i < UNIVERSE; i++) {
                IpAddress address = above(base, i);
                assertThat(table.slotOf(address.family(), address.high(), address.low()))
                        .as(address.toString())
                        .isEqualTo(firstHolding(laid, address));
            }
        }
    }

    @Test
    void neighboursOfOneSlotAreOneRange() {
        AddressTable table = Overlay.of(
                List.of(set("10.0.0.0/25"), set("10.0.0.128/25", "10.0.1.0/24"), set("10.0.0.0/16", "10.1.0.0/16")));

        // 10.0.0.0/25, then 10.0.0.128-10.0.1.255, then the rest of both /16 as one range.
        assertThat(table.size()).isEqualTo(3);
    }

    private static int firstHolding(List<AddressSet> sets, IpAddress address) {
        for (int slot = 0; slot < sets.size(); slot++) {
            if (sets.get(slot).stream().anyMatch(range -> range.contains(address))) {
                return slot;
            }
        }
        return AddressTable.NO_SLOT;
    }

    private static AddressSet set(Random random) {
        var ranges = new ArrayList<AddressRange>();
        for (int n = random.nextInt(12); n > 0; n--) {
            IpAddress base = BASES.get(random.nextInt(BASES.size()));
            int first = random.nextInt(UNIVERSE);
            int length = random.nextInt(Math.min(UNIVERSE - first, 10));
            ranges.add(new AddressRange(above(base, first), above(base, first + length)));
        }
        return AddressSet.of(ranges);
    }

    private static AddressSet set(String... ranges) {
        return AddressSet.of(Stream.of(ranges).map(PolicyBuilder::range).toList());
    }

    private static IpAddress above(IpAddress base, int steps) {
        IpAddress address = base;
        for (int i = 0; i < steps; i++) {
            address = address.next();
        }
        return address;
    }
}
