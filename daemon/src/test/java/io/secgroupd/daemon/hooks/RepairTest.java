package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.rules.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every damage is told in a sentence, and one installation mends it. */
class RepairTest {

    private static final SkeletonSettings HOST = SkeletonSettings.DEFAULT;

    private final FakeHost host = new FakeHost();
    private final Hooks hooks = new Hooks(host);

    @BeforeEach
    void installBoth() throws HooksException {
        hooks.install(Backend.NFT, HOST);
        new IptablesTool(host).install(Skeleton.of(HOST));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -F                                   | the only jump to SECGROUPD-INPUT should be the first rule of INPUT, found []
            -F SECGROUPD-OUTPUT                  | SECGROUPD-OUTPUT: rule 1 should be `-p tcp
            -I INPUT 1 -j ACCEPT                 | the only jump to SECGROUPD-INPUT should be the first rule of INPUT
            -A INPUT -j SECGROUPD-INPUT          | the only jump to SECGROUPD-INPUT should be the first rule of INPUT
            -A FORWARD -g SECGROUPD-INPUT        | the only jump to SECGROUPD-INPUT should be the first rule of INPUT
            -I SECGROUPD-INPUT 1 -j ACCEPT       | SECGROUPD-INPUT: rule 1 should be
            -A SECGROUPD-INPUT -j ACCEPT         | should be `nothing`, found `-j ACCEPT`
            -A SECGROUPD-PASSED -j ACCEPT        | SECGROUPD-PASSED: rule 2 should be `nothing`
            -F SECGROUPD-PASSED                  | SECGROUPD-PASSED: rule 1 should be
            -N SECGROUPD-FORWARD                 | chain SECGROUPD-FORWARD is there, but the hook is off
            """)
    void inEitherMangleTable(String damage, String told) throws HooksException {
        for (Family family : Family.values()) {
            List<String> before = host.mangle(family).rules();
            host.mangle(family).iptables(damage);
            List<String> ofOthers = ofOthers(family);

            assertThat(hooks.check(Backend.IPTABLES, HOST))
                    .first()
                    .asString()
                    .startsWith(family == Family.IPV4 ? "iptables mangle: " : "ip6tables mangle: ")
                    .contains(told);
            new IptablesTool(host).install(Skeleton.of(HOST));

            assertThat(hooks.check(Backend.IPTABLES, HOST)).isEmpty();
            assertThat(ofOthers(family)).isEqualTo(ofOthers);
            assertThat(host.mangle(family).rules()).containsAll(before);
        }
    }

    /** Rules of others, such as an ACCEPT that pushed in front of our jump: they stay, behind it. */
    private List<String> ofOthers(Family family) {
        return host.mangle(family).rules().stream()
                .filter(rule -> !rule.contains("SECGROUPD-"))
                .toList();
    }

    @Test
    void whereTheTablesOfIptablesSleep() throws HooksException {
        host.mangle(Family.IPV6).putToSleep();
        assertThat(hooks.check(Backend.IPTABLES, HOST))
                .containsExactly("ip6tables mangle: the table is switched off (flags dormant)");

        new IptablesTool(host).install(Skeleton.of(HOST));

        assertThat(host.mangle(Family.IPV6).isDormant()).isFalse();
        assertThat(hooks.check(Backend.IPTABLES, HOST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksNoNftWhereItCannotTell(boolean legacy) throws HooksException {
        FakeHost without = legacy ? new FakeHost().withLegacy() : new FakeHost().without("nft");

        new IptablesTool(without).install(Skeleton.of(HOST));

        assertThat(new IptablesTool(without).check(Skeleton.of(HOST))).isEmpty();
        assertThat(without.asked()).noneMatch(command -> command.startsWith("nft"));
    }

    static Map<String, Consumer<FakeNft>> damageToOurTable() {
        return Map.of(
                "should not have `flags dormant`", nft -> table(nft).settings().add("flags dormant"),
                "should not have `set s {`", nft -> table(nft).settings().add("set s {"),
                "chain other does not belong here", nft -> table(nft).chains().put("other", List.of()),
                "chain output is missing", nft -> table(nft).chains().remove("output"),
                "chain input should be `type filter hook input priority -160; policy accept;`, found `nothing`",
                        nft -> nft.ours("input").clear(),
                "policy accept;`, found `type filter hook input priority 10; policy accept;`",
                        nft -> nft.ours("input").set(0, "type filter hook input priority 10; policy accept;"),
                "policy accept;`, found `type filter hook input priority -160; policy drop;`",
                        nft -> nft.ours("input").set(0, "type filter hook input priority -160; policy drop;"),
                "chain input, rule 1 should be", nft -> nft.ours("input").add(1, "accept"),
                "chain output, rule 17 should be `nothing`, found `accept`",
                        nft -> nft.ours("output").add("accept"),
                "chain input, rule 4 should be `iifname lo accept",
                        nft -> nft.ours("input").set(4, "accept comment \"loopback\""));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void inTheTableOfNft(String told) throws HooksException {
        Objects.requireNonNull(damageToOurTable().get(told)).accept(host.nft());

        assertThat(hooks.check(Backend.NFT, HOST))
                .singleElement()
                .asString()
                .startsWith("nft inet secgroupd: ")
                .contains(told);
        hooks.install(Backend.NFT, HOST);

        assertThat(hooks.check(Backend.NFT, HOST)).isEmpty();
        assertThat(host.nft().installations()).isEqualTo(2);
    }

    static List<String> damages() {
        return new ArrayList<>(damageToOurTable().keySet());
    }

    private static FakeNft.FakeTable table(FakeNft nft) {
        return nft.table(NftText.TABLE);
    }

    @Test
    void whereTheTableOfNftIsGone() throws HooksException {
        host.nft().drop(NftText.TABLE);

        assertThat(hooks.check(Backend.NFT, HOST)).containsExactly("nft: table inet secgroupd is missing");
        hooks.install(Backend.NFT, HOST);
        assertThat(hooks.check(Backend.NFT, HOST)).isEmpty();
    }

    /** The words of the rules we compare with are asked for once, since each change of a table is an event for all. */
    @Test
    void whatTheRulesShouldLookLikeIsAskedForOnce() throws HooksException {
        hooks.check(Backend.NFT, HOST);
        host.forgetAsked();
        hooks.check(Backend.NFT, HOST);
        hooks.check(Backend.NFT, HOST);

        assertThat(host.asked()).noneMatch(command -> command.endsWith("-f -"));
        assertThat(host.nft().tables()).containsExactly(NftText.TABLE);
    }

    @Test
    void anotherVersionOfNftIsNoDamage() throws HooksException {
        host.nft()
                .prints(rule -> rule.replace("iifname lo", "iifname \"lo\"")
                        .replace("icmpv6 type 4", "icmpv6 type parameter-problem"));

        assertThat(hooks.check(Backend.NFT, HOST)).isEmpty();
        assertThat(host.nft().tables()).containsExactly(NftText.TABLE);
    }
}
