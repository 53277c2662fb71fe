package io.secgroupd.daemon.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.Family;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Queries and answers by their types, as RFC 792, 950, 4443 and 4620 name them. */
class IcmpPairTest {

    private static final Map<Integer, Integer> QUERIES_4 = Map.of(8, 0, 13, 14, 15, 16, 17, 18);
    private static final Map<Integer, Integer> QUERIES_6 = Map.of(128, 129, 139, 140);

    @Test
    void aQueryAndItsAnswerChangePlacesAndEveryOtherTypeStays() {
        assertPairs(Family.IPV4, PacketView.ICMP, QUERIES_4);
        assertPairs(Family.IPV6, PacketView.ICMPV6, QUERIES_6);
    }

    @Test
    void whatIsNoIcmpOfItsFamilyHasNoPairs() {
        assertPairs(Family.IPV6, PacketView.ICMP, Map.of());
        assertPairs(Family.IPV4, PacketView.ICMPV6, Map.of());
        assertPairs(Family.IPV4, PacketView.UDP, Map.of());
        assertPairs(Family.IPV6, PacketView.UDP, Map.of());
    }

    private static void assertPairs(Family family, int protocol, Map<Integer, Integer> answers) {
        Map<Integer, Integer> other = new HashMap<>(answers);
        answers.forEach((query, answer) -> other.put(answer, query));
        for (int type = 0; type < 256; type++) {
            assertThat(IcmpPair.other(family, protocol, type))
                    .as("type %d", type)
                    .isEqualTo(other.getOrDefault(type, type));
            assertThat(IcmpPair.isAnswer(family, protocol, type))
                    .as("type %d", type)
                    .isEqualTo(answers.containsValue(type));
        }
    }
}
