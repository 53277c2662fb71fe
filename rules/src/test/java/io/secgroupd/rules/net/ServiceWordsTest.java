package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports, protocols and ICMP matches. */
class ServiceWordsTest {

    @ParameterizedTest
    @CsvSource({"443, 443", "443-443, 443", "8000-8100, 8000-8100", "0, 0", "65535, 65535", "0-65535, all", "all, all"})
    void readsPorts(String text, String canonical) {
        assertThat(PortRange.parse(text)).map(PortRange::toString).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "80-",
                "-80",
                "90-80",
                "65536",
                "1-65536",
                "022",
                "0x16",
                "1e3",
                "80 ",
                "80-90-100",
                "ALL",
                "http"
            })
    void refusesOtherPorts(String text) {
        assertThat(PortRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 6, tcp", "TCP, 6, tcp", "6, 6, tcp", "udp, 17, udp", "17, 17, udp", "icmp, 1, icmp", "1, 1, icmp",
        "icmpv6, 58, icmpv6", "58, 58, icmpv6", "all, -1, all", "-1, -1, all", "0, 0, 0", "47, 47, 47", "255, 255, 255",
    })
    void readsProtocols(String text, int number, String canonical) {
        assertThat(Protocol.parse(text))
                .contains(new Protocol(number))
                .map(Protocol::toString)
                .contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "any", "-2", "256", "06", "sctp", "tcp ", "6.0"})
    void refusesOtherProtocols(String text) {
        assertThat(Protocol.parse(text)).isEmpty();
    }

    @Property
    void icmpSelectorsHoldTheMessagesThatMatch(
            @ForAll @IntRange(min = -1, max = 255) int type,
            @ForAll @IntRange(min = -1, max = 255) int code,
            @ForAll @IntRange(max = 255) int actualType,
            @ForAll @IntRange(max = 255) int actualCode) {
        var match = new IcmpMatch(type, type < 0 ? -1 : code);
        boolean matches = (type < 0 || type == actualType) && (match.code() < 0 || match.code() == actualCode);
        assertThat(match.selectors().contains(actualType << 8 | actualCode)).isEqualTo(matches);
    }

    @Test
    void aCodeNeedsAType() {
        assertThatThrownBy(() -> new IcmpMatch(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IcmpMatch(256, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Protocol(256)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void decimalsAreReadBackAndNothingElse(@ForAll @IntRange(max = 999_999_999) int number, @ForAll String text) {
        assertThat(Decimal.parse(Integer.toString(number), Integer.MAX_VALUE)).hasValue(number);
        assertThat(Decimal.parse(text, 65535).isEmpty() || text.equals(Integer.toString(Integer.parseInt(text))))
                .isTrue();
    }
}
