package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.rules.net.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A daemon starts no tool for what the kernel tells by itself, and believes no listing that may be out of date. */
class FewProcessesTest {

    private static final SkeletonSettings HOST = SkeletonSettings.DEFAULT;

    private final FakeHost host = new FakeHost().telling();

    @Test
    void aFirstStartWithNftChangesTheTablesByOne() throws HooksException {
        start(Backend.AUTO);

        assertThat(host.asked()).containsExactly("nft --check -f -", "nft --version", "nft -f -");
    }

    @Test
    void aRestartWithNftListsOursOnceAndWhatItShouldBe() throws HooksException {
        start(Backend.AUTO);
        host.forgetAsked();

        start(Backend.AUTO);

        assertThat(host.asked())
                .containsExactly(
                        "nft --version",
                        "nft -y list table inet secgroupd",
                        "nft -f -",
                        "nft -y list table inet secgroupd-reference",
                        "nft -f -");
        assertThat(host.nft().installations()).isEqualTo(1);
    }

    @Test
    void aFirstStartWithIptablesListsAndChangesEachFamilyOnce() throws HooksException {
        host.nft().cannotQueue();

        start(Backend.AUTO);

        assertThat(host.asked())
                .containsExactly(
                        "nft --check -f -",
                        "iptables-save -t mangle",
                        "ip6tables-save -t mangle",
                        "iptables --version",
                        "iptables-restore -w 5 --noflush",
                        "ip6tables-restore -w 5 --noflush");
    }

    @Test
    void aRestartWithIptablesChangesNothing() throws HooksException {
        start(Backend.IPTABLES);
        host.forgetAsked();

        start(Backend.IPTABLES);

        assertThat(host.asked())
                .containsExactly("iptables --version", "iptables-save -t mangle", "ip6tables-save -t mangle");
    }

    @Test
    void whatStandsIsKnownWithoutATool() throws HooksException {
        Hooks hooks = new Hooks(host);
        assertThat(hooks.standing()).isEmpty();
        hooks.install(Backend.NFT, HOST);
        host.forgetAsked();

        assertThat(hooks.standing()).contains(Backend.NFT);
        assertThat(host.asked()).isEmpty();
    }

    @Test
    void whatIsUnchangedIsCheckedWithoutATool() throws HooksException {
        for (Backend backend : List.of(Backend.NFT, Backend.IPTABLES)) {
            Hooks hooks = new Hooks(host);
            hooks.install(backend, HOST);
            hooks.check(backend, HOST);
            host.forgetAsked();

            assertThat(hooks.check(backend, HOST)).isEmpty();
            assertThat(host.asked()).isEmpty();
        }
    }

    @Test
    void whatOthersDoBetweenPlanAndInstallationIsSeen() throws HooksException {
        Hooks hooks = new Hooks(host);
        hooks.install(Backend.IPTABLES, HOST);
        Hooks.Plan plan = hooks.plan(Backend.IPTABLES);
        host.damage(() -> host.mangle(Family.IPV6).iptables("-F"));

        hooks.install(plan, HOST);

        assertThat(host.mangle(Family.IPV6).rules("INPUT")).containsExactly("-j SECGROUPD-INPUT");
    }

    @Test
    void whatOthersDoToOurTableIsSeen() throws HooksException {
        Hooks hooks = new Hooks(host);
        hooks.install(Backend.NFT, HOST);
        assertThat(hooks.check(Backend.NFT, HOST)).isEmpty();

        host.damage(() -> host.nft().ours("input").add("accept"));
        assertThat(hooks.check(Backend.NFT, HOST)).isNotEmpty();

        host.damage(() -> host.nft().drop(NftText.TABLE));
        assertThat(hooks.check(Backend.NFT, HOST)).containsExactly("nft: table inet secgroupd is missing");
    }

    @Test
    void aTableThatIsSwitchedOffIsSeen() throws HooksException {
        Hooks hooks = new Hooks(host);
        hooks.install(Backend.IPTABLES, HOST);
        host.damage(() -> host.mangle(Family.IPV4).putToSleep());

        assertThat(hooks.check(Backend.IPTABLES, HOST))
                .containsExactly("iptables mangle: the table is switched off (flags dormant)");
        hooks.install(Backend.IPTABLES, HOST);

        assertThat(host.mangle(Family.IPV4).isDormant()).isFalse();
    }

    /** The kernel numbers the changes of nf_tables alone. */
    @Test
    void theLegacyVariantIsListedEachTime() throws HooksException {
        Hooks hooks = new Hooks(host.withLegacy());
        hooks.install(Backend.IPTABLES, HOST);
        assertThat(hooks.check(Backend.IPTABLES, HOST)).isEmpty();

        host.damage(() -> host.legacyMangle(Family.IPV4).iptables("-F"));

        assertThat(hooks.check(Backend.IPTABLES, HOST)).isNotEmpty();
    }

    @Test
    void aSkeletonInTheOtherVariantIsFoundAndTaken() throws HooksException {
        new Hooks(host, new IptablesTool(host, "-legacy")).install(Backend.IPTABLES, HOST);

        start(Backend.AUTO);

        assertThat(host.nft().tables()).containsExactly(NftText.TABLE);
        host.withLegacy();
        assertThat(new IptablesTool(host).holdsAnything()).isTrue();
        start(Backend.NFT);
        assertThat(host.legacyMangle(Family.IPV4).rules()).isEmpty();
    }

    @Test
    void rulesOfOthersAreAskedForWhereThereMayBeAny() {
        host.without("nft").mangle(Family.IPV4).iptables("-A INPUT -j ACCEPT");

        assertThat(HostRules.read(host).rules()).hasSize(1);
        assertThat(host.asked()).containsExactly("iptables-save");
    }

    /** As a daemon does that has just been started. */
    private void start(Backend wanted) throws HooksException {
        Hooks hooks = new Hooks(host);
        hooks.install(hooks.plan(wanted), HOST);
    }
}
