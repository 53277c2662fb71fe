package io.secgroupd.daemon.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ICMP messages answer which, by the numbers of IANA. */
class IcmpPairTest {

    @ParameterizedTest
    @CsvSource({
        "IPV4, 1, 8, 0",
        "IPV4, 1, 13, 14",
        "IPV4, 1, 15, 16",
        "IPV4, 1, 17, 18",
        "IPV6, 58, 128, 129",
        "IPV6, 58, 139, 140"
    })
    void aQueryAndItsAnswerBelongTogether(Family family, int protocol, int query, int answer) {
        assertThat(IcmpPair.other(family, protocol, query)).isEqualTo(answer);
        assertThat(IcmpPair.other(family, protocol, answer)).isEqualTo(query);
        assertThat(IcmpPair.isAnswer(family, protocol, answer)).isTrue();
        assertThat(IcmpPair.isAnswer(family, protocol, query))
                .as("a query asks for a rule of its own")
                .isFalse();
    }

    /** A rule for echo must not let an error message in, nor a redirect or a router's advertisement out. */
    @ParameterizedTest
    @CsvSource({
        "IPV4, 1, 3",
        "IPV4, 1, 5",
        "IPV4, 1, 11",
        "IPV6, 58, 1",
        "IPV6, 58, 2",
        "IPV6, 58, 134",
        "IPV6, 58, 137"
    })
    void anErrorOrAnAdvertisementAnswersNothing(Family family, int protocol, int type) {
        assertThat(IcmpPair.isAnswer(family, protocol, type)).isFalse();
        assertThat(IcmpPair.other(family, protocol, type)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 14, 16, 18, 129, 140})
    void anIcmpOfTheOtherFamilyHasNoAnswers(int type) {
        assertThat(IcmpPair.isAnswer(Family.IPV6, PacketView.ICMP, type)).isFalse();
        assertThat(IcmpPair.isAnswer(Family.IPV4, PacketView.ICMPV6, type)).isFalse();
        assertThat(IcmpPair.other(Family.IPV6, PacketView.ICMP, type)).isEqualTo(type);
        assertThat(IcmpPair.other(Family.IPV4, PacketView.ICMPV6, type)).isEqualTo(type);
    }

    /** The type of what is no ICMP is 0, which would be an answer of IPv4's. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void onlyIcmpHasPairs(Family family) {
        assertThat(IcmpPair.isAnswer(family, PacketView.TCP, 0)).isFalse();
        assertThat(IcmpPair.other(family, PacketView.UDP, 8)).isEqualTo(8);
    }
}
