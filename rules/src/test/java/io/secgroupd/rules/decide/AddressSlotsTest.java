package io.secgroupd.rules.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The table of a host's addresses answers as a map of them does. */
class AddressSlotsTest {

    @Property
    void answersAsAMapDoes(@ForAll("tables") Map<IpAddress, Integer> slotOf, @ForAll("addresses") IpAddress asked) {
        var slots = new AddressSlots(slotOf);

        assertThat(slots.slotOf(asked.high(), asked.low())).isEqualTo(slotOf.getOrDefault(asked, AddressSlots.NONE));
        slotOf.forEach((address, slot) ->
                assertThat(slots.slotOf(address.high(), address.low())).isEqualTo(slot));
    }

    @Test
    void anEmptyTableHoldsNothing() {
        assertThat(new AddressSlots(Map.of()).slotOf(0, 0)).isEqualTo(AddressSlots.NONE);
    }

    @Provide
    Arbitrary<Map<IpAddress, Integer>> tables() {
        return Arbitraries.maps(addresses(), Arbitraries.integers().between(0, 9))
                .ofMaxSize(300);
    }

    /** Neighbours, so that many are asked for that are there, and the ends of the range. */
    @Provide
    Arbitrary<IpAddress> addresses() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 400).map(low -> IpAddress.ipv6(0x2001_0db8_0000_0000L, low)),
                Arbitraries.integers().between(0, 400).map(site -> IpAddress.ipv6((long) site << 48, 1)),
                Arbitraries.of(IpAddress.lowest(Family.IPV6), IpAddress.highest(Family.IPV6)));
    }
}
