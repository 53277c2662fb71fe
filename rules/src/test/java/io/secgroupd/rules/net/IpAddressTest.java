package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.255,              10.0.1.0",
        "127.255.255.255,         128.0.0.0",
        "::ffff:ffff:ffff:ffff,   0:0:0:1::",
        "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 8000::",
    })
    void nextAndPreviousCarry(String below, String above) throws AddressSyntaxException {
        IpAddress low = AddressText.parseAddress(below);
        IpAddress high = AddressText.parseAddress(above);
        assertThat(low.next()).isEqualTo(high);
        assertThat(high.previous()).isEqualTo(low);
        assertThat(low).isLessThan(high);
    }

    @Test
    void theEndsHaveNoNeighbour() {
        for (Family family : Family.values()) {
            assertThatThrownBy(() -> IpAddress.highest(family).next()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> IpAddress.lowest(family).previous()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Property
    void isOrderedAsAnUnsignedNumber(
            @ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        IpAddress one = IpAddress.ipv6(high, low);
        IpAddress other = IpAddress.ipv6(otherHigh, otherLow);
        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(number(one).compareTo(number(other)));
    }

    @Property
    void bytesAreReadBack(@ForAll int v4, @ForAll long high, @ForAll long low) {
        for (IpAddress address : new IpAddress[] {IpAddress.ipv4(v4), IpAddress.ipv6(high, low)}) {
            assertThat(IpAddress.ofBytes(address.toBytes())).isEqualTo(address);
        }
    }

    @Test
    void mappedBytesStayIpv6() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 10, 0, 0, 1};
        assertThat(IpAddress.ofBytes(mapped).family()).isEqualTo(Family.IPV6);
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> new IpAddress(Family.IPV4, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpAddress(Family.IPV4, 0, 1L << 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IpAddress.ofBytes(new byte[5])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:2:1,       2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1,       2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,         2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,       2001:db8::1:0:0:1",
        "2001:DB8::ABCD,             2001:db8::abcd",
    })
    void ipv6TextIsThatOfRfc5952(String text, String canonical) throws AddressSyntaxException {
        assertThat(AddressText.parseAddress(text)).hasToString(canonical);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.toBytes());
    }
}
