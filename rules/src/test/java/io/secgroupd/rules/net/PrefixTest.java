package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PrefixTest {

    @Property
    void holdsTheAddressesThatShareItsBits(
            @ForAll boolean v6, @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 128) int bits) {
        IpAddress address = v6 ? IpAddress.ipv6(high, low) : IpAddress.ipv4((int) low);
        int length = Math.min(bits, address.family().bits());
        Prefix prefix = Prefix.containing(address, length);
        BigInteger size = BigInteger.ONE.shiftLeft(address.family().bits() - length);
        BigInteger first = number(address).divide(size).multiply(size);
        assertThat(number(prefix.address())).isEqualTo(first);
        assertThat(number(prefix.last())).isEqualTo(first.add(size).subtract(BigInteger.ONE));
        assertThat(prefix.range().contains(address)).isTrue();
        assertThat(prefix.range().asPrefix()).contains(prefix);
    }

    @Test
    void refusesHostBitsAndLengthsOfAnotherFamily() {
        IpAddress address = IpAddress.ipv4(0x0a000001);
        assertThatThrownBy(() -> new Prefix(address, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Prefix(address, 33)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Prefix(address, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRangeThatIsNoBlockIsNoPrefix() throws AddressSyntaxException {
        for (String text : new String[] {"10.0.0.1-10.0.0.2", "10.0.0.0-10.0.0.2", "::1-::ffff"}) {
            assertThat(AddressText.parse(text).range().asPrefix()).as(text).isEmpty();
        }
    }

    @Test
    void aRangeStaysWithinOneFamilyAndInOrder() {
        IpAddress v4 = IpAddress.ipv4(5);
        assertThatThrownBy(() -> new AddressRange(v4, IpAddress.ipv6(0, 9)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AddressRange(v4, IpAddress.ipv4(4))).isInstanceOf(IllegalArgumentException.class);
        assertThat(AddressRange.all(Family.IPV4).contains(IpAddress.ipv6(0, 5))).isFalse();
        assertThat(AddressRange.all(Family.IPV4)).hasToString("0.0.0.0/0");
        assertThat(AddressRange.all(Family.IPV6)).hasToString("::/0");
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.toBytes());
    }
}
