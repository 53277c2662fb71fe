package io.secgroupd.controlplane.edit.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Location;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client sees a rule of the file as one rule, or as several of which each has an id. */
class ShownRuleTest {

    private static final Peer IPV4 = new Peer.Addresses(AddressRange.all(Family.IPV4));
    private static final Peer IPV6 = new Peer.Addresses(AddressRange.all(Family.IPV6));

    @Test
    void anIdOfItsOwnBelongsToTheFirstPart() {
        assertThat(ShownRule.of(rule("sgr-own", Peer.Any.ANY)))
                .extracting(ShownRule::id)
                .containsExactly("sgr-own", derived(IPV6));
    }

    @Test
    void withoutOneEachPartHasTheIdOfItsContent() {
        assertThat(ShownRule.of(rule(derived(Peer.Any.ANY), Peer.Any.ANY)))
                .extracting(ShownRule::id)
                .containsExactly(derived(IPV4), derived(IPV6));
    }

    @Test
    void aRuleOfOnePartIsShownAsItIs() {
        Rule rule = rule("sgr-own", IPV4);
        assertThat(ShownRule.of(rule))
                .containsExactly(new ShownRule("sgr-own", Direction.INGRESS, RuleKey.of(rule), rule));
    }

    private static String derived(Peer peer) {
        return RuleSpec.derivedId("sg-a", Direction.INGRESS, key(peer));
    }

    private static RuleKey key(Peer peer) {
        return new RuleKey(Protocol.TCP, PortRange.of(443), IcmpMatch.ANY, peer);
    }

    private static Rule rule(String id, Peer peer) {
        return new Rule(
                id,
                "sg-a",
                Direction.INGRESS,
                Protocol.TCP,
                PortRange.of(443),
                IcmpMatch.ANY,
                peer,
                "",
                Map.of(),
                Optional.empty(),
                new Location("rules.yaml", 1, 1),
                "");
    }
}
