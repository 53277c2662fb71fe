package io.secgroupd.rules.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.compile.PeerClasses.Classes;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.RangeLists;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PeerClassesTest {

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
    void anAddressGetsTheSetsThatHoldIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int sets) {
        var random = new Random(seed);
        List<AddressSet> laid = Stream.generate(() -> set(random)).limit(sets).toList();
        Classes classes = PeerClasses.of(laid, Long.MAX_VALUE).orElseThrow();
        for (IpAddress base : BASES) {
            for (int i = 0; i < UNIVERSE; i++) {
                IpAddress address = above(base, i);
                assertThat(found(classes, address)).as(address.toString()).isEqualTo(holding(laid, address));
            }
        }
    }

    @Test
    void addressesOfOneClassHaveOneSlot() {
        Classes classes = PeerClasses.of(
                        List.of(set("10.0.0.0/24"), set("10.0.0.0/25", "10.0.2.0/24"), set("10.0.2.0/24")), 100)
                .orElseThrow();

        assertThat(classes.members()).containsExactly(new int[] {0, 1}, new int[] {0}, new int[] {1, 2});
        assertThat(classes.ranges().size()).isEqualTo(3);
    }

    @Test
    void givesUpOnSetsThatOverlapTooMuch() {
        assertThat(PeerClasses.of(List.of(set("10.0.0.0/8"), set("10.0.0.0/9")), 2))
                .isEmpty();
    }

    private static List<Integer> found(Classes classes, IpAddress address) {
        int slot = classes.ranges().numberOf(address.family(), address.high(), address.low());
        return slot == RangeLists.NONE
                ? List.of()
                : Arrays.stream(classes.members().get(slot)).boxed().toList();
    }

    private static List<Integer> holding(List<AddressSet> sets, IpAddress address) {
        return IntStream.range(0, sets.size())
                .filter(set -> sets.get(set).stream().anyMatch(range -> range.contains(address)))
                .boxed()
                .toList();
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
