package io.secgroupd.controlplane.edit.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PeersTest {

    @Test
    void anyIsShownAsBothFamilies() {
        assertThat(Peers.shown(Peer.Any.ANY)).containsExactly(peer("0.0.0.0/0"), peer("::/0"));
    }

    @Test
    void aRangeIsShownAsTheFewestPrefixes() {
        assertThat(Peers.shown(peer("10.0.0.5-10.0.0.9")))
                .containsExactly(peer("10.0.0.5/32"), peer("10.0.0.6/31"), peer("10.0.0.8/31"));
        assertThat(Peers.shown(peer("255.255.255.254-255.255.255.255"))).containsExactly(peer("255.255.255.254/31"));
        assertThat(Peers.shown(peer("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")))
                .containsExactly(peer("::/0"));
    }

    @Test
    void groupsListsAndPrefixesAreShownAsThemselves() {
        for (Peer peer : List.of(new Peer.Group("sg-a"), new Peer.List("pl-a"), peer("10.0.0.0/8"))) {
            assertThat(Peers.shown(peer)).containsExactly(peer);
            assertThat(Peers.without(peer, peer)).contains(List.of());
        }
    }

    @Test
    void onlyAPartThatIsShownCanBeTakenAway() {
        assertThat(Peers.without(Peer.Any.ANY, peer("0.0.0.0/0"))).contains(List.of(peer("::/0")));
        assertThat(Peers.without(Peer.Any.ANY, peer("10.0.0.0/8"))).isEmpty();
        assertThat(Peers.without(peer("10.0.0.5-10.0.0.9"), peer("10.0.0.6/31")))
                .contains(List.of(peer("10.0.0.5"), peer("10.0.0.8/31")));
        assertThat(Peers.without(peer("10.0.0.0/8"), peer("10.0.0.0/9"))).isEmpty();
    }

    @Test
    void anOwnIdStaysWithTheBeginning() {
        assertThat(Peers.keepsId(Peer.Any.ANY, List.of(peer("0.0.0.0/0")))).isTrue();
        assertThat(Peers.keepsId(Peer.Any.ANY, List.of(peer("::/0")))).isFalse();
        assertThat(Peers.keepsId(peer("10.0.0.5-10.0.0.9"), List.of(peer("10.0.0.5-10.0.0.7"))))
                .isTrue();
        assertThat(Peers.keepsId(peer("10.0.0.5-10.0.0.9"), List.of(peer("10.0.0.6-10.0.0.9"))))
                .isFalse();
        assertThat(Peers.keepsId(peer("10.0.0.0/8"), List.of())).isFalse();
    }

    @Property(tries = 300)
    void whatIsLeftAndWhatIsTakenMakeUpTheWhole(
            @ForAll @IntRange(min = 0, max = 300) int first, @ForAll @IntRange(min = 0, max = 300) int length) {
        var whole = new Peer.Addresses(new AddressRange(IpAddress.ipv4(first), IpAddress.ipv4(first + length)));
        for (Peer part : Peers.shown(whole)) {
            List<Peer> left = Peers.without(whole, part).orElseThrow();
            assertThat(Stream.concat(left.stream(), Stream.of(part))
                            .mapToLong(PeersTest::size)
                            .sum())
                    .isEqualTo(length + 1L);
            assertThat(left).doesNotContain(part);
        }
    }

    private static long size(Peer peer) {
        AddressRange range = ((Peer.Addresses) peer).range();
        return range.last().low() - range.first().low() + 1;
    }

    private static Peer peer(String text) {
        try {
            return new Peer.Addresses(AddressText.parse(text).range());
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
