package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.net.Family;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The skeleton is put in place beside the host's own rules, stays as it is, and goes without a trace. */
class InstallTest {

    private static final SkeletonSettings HOST = SkeletonSettings.DEFAULT;
    private static final SkeletonSettings ALL =
            new SkeletonSettings(JudgedHooks.ALL, 100, 2, true, SkeletonSettings.DEFAULT_CUT_MARK);
    private static final String OWN_RULE = "-p tcp -m tcp --dport 22 -j ACCEPT";

    private final FakeHost host = new FakeHost();
    private final Hooks hooks = new Hooks(host);

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void isInPlaceAfterwardsWithEverySetting(Backend backend) throws HooksException {
        assertThat(hooks.check(backend, HOST)).isNotEmpty();

        for (SkeletonSettings settings : List.of(HOST, ALL, HOST)) {
            hooks.install(backend, settings);
            assertThat(hooks.check(backend, settings)).isEmpty();
            assertThat(hooks.check(backend, settings.equals(HOST) ? ALL : HOST)).isNotEmpty();
        }
    }

    @Test
    void whatStandsAlreadyIsLeftAlone() throws HooksException {
        hooks.install(Backend.NFT, HOST);
        hooks.install(Backend.NFT, HOST);
        assertThat(host.nft().installations()).isEqualTo(1);

        hooks.install(Backend.IPTABLES, HOST);
        hooks.install(Backend.IPTABLES, HOST);
        assertThat(host.mangle(Family.IPV4).transactions()).isEqualTo(1);
        assertThat(host.mangle(Family.IPV6).transactions()).isEqualTo(1);
    }

    @Test
    void oneFamilyThatStandsIsLeftAloneWhileTheOtherIsMended() throws HooksException {
        hooks.install(Backend.IPTABLES, HOST);
        host.mangle(Family.IPV6).iptables("-F");

        hooks.install(Backend.IPTABLES, HOST);

        assertThat(host.mangle(Family.IPV4).transactions()).isEqualTo(1);
        assertThat(host.mangle(Family.IPV6).transactions()).isEqualTo(2);
        assertThat(hooks.check(Backend.IPTABLES, HOST)).isEmpty();
    }

    @Test
    void ourJumpStandsInFrontOfTheHostsOwnRules() throws HooksException {
        host.mangle(Family.IPV4).iptables("-A INPUT " + OWN_RULE).iptables("-A PREROUTING " + OWN_RULE);
        assertThat(hooks.othersFollow()).as("not looked yet").isFalse();

        hooks.install(Backend.IPTABLES, HOST);

        assertThat(host.mangle(Family.IPV4).rules("INPUT")).containsExactly("-j SECGROUPD-INPUT", OWN_RULE);
        assertThat(host.mangle(Family.IPV4).rules("FORWARD")).isEmpty();
        assertThat(host.mangle(Family.IPV6).rules("OUTPUT")).containsExactly("-j SECGROUPD-OUTPUT");
        assertThat(hooks.othersFollow()).isTrue();
    }

    /** A rule that only counts has no words at all. */
    @Test
    void aRuleOfTheHostWithoutWordsIsNoObstacle() throws HooksException {
        host.mangle(Family.IPV4).iptables("-A INPUT").iptables("-A OUTPUT");

        hooks.install(Backend.IPTABLES, HOST);
        assertThat(hooks.check(Backend.IPTABLES, HOST)).isEmpty();
        assertThat(hooks.othersFollow()).isTrue();
        hooks.remove(Backend.IPTABLES);

        assertThat(host.mangle(Family.IPV4).rules()).containsExactly("INPUT ", "OUTPUT ");
    }

    /** What stands between quotes is said and not done. */
    @Test
    void aCommentThatSpeaksOfOurChainIsNoJumpToIt() throws HooksException {
        String remark = "-m comment --comment \"before \\\"it\\\" was -j SECGROUPD-INPUT -w\" -j ACCEPT";
        hooks.install(Backend.IPTABLES, HOST);
        host.mangle(Family.IPV4).iptables("-A INPUT " + remark);

        assertThat(hooks.check(Backend.IPTABLES, HOST)).isEmpty();
        hooks.remove(Backend.IPTABLES);

        assertThat(host.mangle(Family.IPV4).rules()).containsExactly("INPUT " + remark);
    }

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES", "AUTO"})
    void goesWithoutATrace(Backend wanted) throws HooksException {
        host.mangle(Family.IPV4).iptables("-A INPUT " + OWN_RULE);
        List<String> before = host.mangle(Family.IPV4).rules();
        hooks.install(wanted, ALL);

        hooks.remove(wanted);

        assertThat(host.mangle(Family.IPV4).rules()).isEqualTo(before);
        assertThat(host.mangle(Family.IPV6).save(false, "")).isEqualTo(new FakeMangle().save(false, ""));
        assertThat(host.nft().tables()).isEmpty();
        assertThat(hooks.standing()).isEmpty();
    }

    /** A process that is killed while it compares rules leaves those that it compared with. */
    @Test
    void whatAKilledProcessLeftOfTheReferenceGoesToo() throws HooksException {
        host.nft().load(NftText.reference(Skeleton.of(HOST)), false);

        hooks.remove(Backend.NFT);

        assertThat(host.nft().tables()).isEmpty();
    }

    @Test
    void removingWhatIsNotThereChangesNothing() throws HooksException {
        hooks.remove(Backend.NFT);
        hooks.remove(Backend.IPTABLES);
        hooks.remove(Backend.AUTO);

        assertThat(host.asked()).noneMatch(command -> command.contains("-restore") || command.contains("-f -"));
    }

    @Test
    void aSkeletonOfOneBackendGoesWhenTheOtherTakesOver() throws HooksException {
        hooks.install(Backend.NFT, HOST);
        assertThat(hooks.standing()).contains(Backend.NFT);
        hooks.install(Backend.IPTABLES, HOST);
        assertThat(hooks.standing()).contains(Backend.IPTABLES);
        assertThat(host.nft().tables()).isEmpty();

        hooks.install(Backend.NFT, HOST);
        assertThat(host.mangle(Family.IPV4).rules()).isEmpty();
        assertThat(host.mangle(Family.IPV6).rules()).isEmpty();
    }

    @Test
    void aSkeletonOfTheOtherVariantGoesWhenTheHostHasSwitched() throws HooksException {
        new Hooks(host, new IptablesTool(host, "-legacy")).install(Backend.IPTABLES, HOST);
        assertThat(host.legacyMangle(Family.IPV4).rules()).isNotEmpty();

        hooks.install(Backend.IPTABLES, HOST);

        assertThat(host.legacyMangle(Family.IPV4).rules()).isEmpty();
        assertThat(host.legacyMangle(Family.IPV6).rules()).isEmpty();
        assertThat(host.mangle(Family.IPV4).rules("INPUT")).hasSize(1);
    }

    @Test
    void planningChangesNothing() throws HooksException {
        hooks.install(Backend.NFT, HOST);
        host.forgetAsked();

        hooks.plan(Backend.IPTABLES);

        assertThat(hooks.standing()).contains(Backend.NFT);
        assertThat(host.asked()).noneMatch(command -> command.contains("-restore") || command.contains("-f -"));
    }
}
