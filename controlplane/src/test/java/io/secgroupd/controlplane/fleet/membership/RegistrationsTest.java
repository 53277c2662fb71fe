package io.secgroupd.controlplane.fleet.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.secgroupd.controlplane.fleet.membership.Claim.Standing;
import io.secgroupd.controlplane.fleet.membership.Registrations.RefusedClaim;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RegistrationsTest {

    private static final IpAddress ONE = IpAddress.ipv4(0x0a000001);
    private static final IpAddress TWO = IpAddress.ipv4(0x0a000002);
    private static final IpAddress NINE = IpAddress.ipv4(0x0a000009);
    private static final String TEXT = """
            version: 1
            instances:
              web-1: { addresses: registered }
              web-2: { addresses: registered }
              db-1: { addresses: [10.0.0.9] }
              old-1: { addresses: registered }
            registered:
            """;

    private final SortedMap<String, SortedSet<IpAddress>> now = new TreeMap<>();

    private Policy policy() {
        var text = new StringBuilder(TEXT);
        now.forEach((instance, addresses) -> text.append("  ")
                .append(instance)
                .append(": ")
                .append(addresses)
                .append('\n'));
        String whole = now.isEmpty() ? text + "  {}\n" : text.toString();
        Path rules = Path.of("/rules.yaml");
        return PolicyReader.read(new PolicyFiles(rules, Map.of(rules, whole.getBytes(StandardCharsets.UTF_8))))
                .policy()
                .orElseThrow();
    }

    private static Claim claim(String host, Standing standing, String instance, int second, IpAddress... addresses) {
        return new Claim(
                host,
                List.of(instance),
                List.of(instance),
                List.of(addresses),
                Instant.EPOCH.plusSeconds(second),
                standing);
    }

    private Registrations decide(Claim... claims) {
        return Registrations.of(policy(), now, List.of(claims));
    }

    private void has(String instance, IpAddress... addresses) {
        now.put(instance, new TreeSet<>(Set.of(addresses)));
    }

    @Test
    void whoIsThereHasItsAddressesAndWhoIsGoneHasNone() {
        has("web-2", TWO);

        Registrations due =
                decide(claim("a", Standing.HERE, "web-1", 1, ONE), claim("b", Standing.AWAY, "web-2", 1, TWO));

        assertThat(due.addresses()).isEqualTo(Map.of("web-1", Set.of(ONE)));
        assertThat(due.isAs(now)).isFalse();
        assertThat(due.refused()).isEmpty();
    }

    @Test
    void whileNobodyKnowsWhoIsThereNobodyLeavesOrJoins() {
        has("web-2", TWO);

        Registrations due =
                decide(claim("a", Standing.UNKNOWN, "web-1", 1, ONE), claim("b", Standing.UNKNOWN, "web-2", 1, TWO));

        assertThat(due.isAs(now)).isTrue();
    }

    @Test
    void anAddressThatAPersonHasWrittenIsGivenToNoHostAndItsOthersAre() {
        Registrations due = decide(claim("a", Standing.HERE, "web-1", 1, ONE, NINE));

        assertThat(due.addresses()).isEqualTo(Map.of("web-1", Set.of(ONE)));
        assertThat(due.refused()).containsExactly(new RefusedClaim("a", "web-1", NINE, "db-1"));
        assertThat(due.refused().get(0).sentence())
                .isEqualTo("10.0.0.9 is an address of db-1, and not given to web-1.");
    }

    @Test
    void whatAHostHasNoOtherGetsEvenIfThatClaimedItEarlier() {
        has("web-2", ONE);

        Registrations due =
                decide(claim("a", Standing.HERE, "web-1", 1, ONE), claim("b", Standing.HERE, "web-2", 2, ONE));

        assertThat(due.isAs(now)).isTrue();
        assertThat(due.refused()).containsExactly(new RefusedClaim("a", "web-1", ONE, "web-2"));
    }

    @Test
    void whenItsHostIsGoneAnAddressMovesToTheOneThatHasIt() {
        has("web-2", ONE);

        assertThat(decide(claim("a", Standing.HERE, "web-1", 3, ONE), claim("b", Standing.AWAY, "web-2", 2, ONE))
                        .addresses())
                .isEqualTo(Map.of("web-1", Set.of(ONE)));
    }

    @Test
    void ofTwoThatJoinTheFirstOneIsGivenAnAddress() {
        Registrations due =
                decide(claim("a", Standing.HERE, "web-1", 2, ONE), claim("b", Standing.HERE, "web-2", 1, ONE));

        assertThat(due.addresses()).isEqualTo(Map.of("web-2", Set.of(ONE)));
        assertThat(due.refused()).extracting(RefusedClaim::host).containsExactly("a");
    }

    @Test
    void anInstanceThatNoTokenNamesStays() {
        has("old-1", TWO);

        Registrations due = decide(claim("a", Standing.HERE, "web-1", 1, TWO));

        assertThat(due.addresses()).isEqualTo(Map.of("old-1", Set.of(TWO)));
        assertThat(due.refused()).containsExactly(new RefusedClaim("a", "web-1", TWO, "old-1"));
    }

    @Test
    void aHostThatIsShutOutTakesItsInstanceWithIt() {
        has("old-1", TWO);
        var shutOut = new Claim("c", List.of(), List.of("old-1"), List.of(TWO), Instant.EPOCH, Standing.AWAY);

        assertThat(decide(shutOut).addresses()).isEmpty();
    }

    @Test
    void allGoesToTheFirstInstanceThatIsRegistered() {
        var several = new Claim(
                "a", List.of("none", "db-1", "web-2", "web-1"), List.of(), List.of(ONE), Instant.EPOCH, Standing.HERE);

        assertThat(decide(several).addresses()).isEqualTo(Map.of("web-2", Set.of(ONE)));
    }

    @Test
    void aHostIsToldAtOnceWhatItDoesNotGet() {
        has("web-2", TWO);

        assertThat(Registrations.refused(policy(), now, "a", List.of("web-1"), List.of(ONE, TWO, NINE)))
                .extracting(RefusedClaim::address, RefusedClaim::owner)
                .containsExactly(tuple(TWO, "web-2"), tuple(NINE, "db-1"));
        assertThat(Registrations.refused(policy(), now, "b", List.of("web-2"), List.of(TWO)))
                .isEmpty();
    }

    @Test
    void aSentenceTellsWhoJoinsAndWhoLeaves() {
        has("a", ONE);
        has("b", TWO);
        var after = new TreeMap<String, SortedSet<IpAddress>>();
        after.put("b", new TreeSet<>(Set.of(TWO, NINE)));
        after.put("c", new TreeSet<>(Set.of(ONE)));

        assertThat(JoinSentence.of(now, after))
                .isEqualTo("a has left; b now has 10.0.0.2, 10.0.0.9; c joins with 10.0.0.1");
        after.put("d", new TreeSet<>(Set.of(ONE)));
        assertThat(JoinSentence.of(now, after)).endsWith("; and 1 more");
    }
}
