package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.rules.net.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which tool carries the skeleton, and what is tried before. */
class BackendChoiceTest {

    private static final SkeletonSettings HOST = SkeletonSettings.DEFAULT;

    private final FakeHost host = new FakeHost();
    private final Hooks hooks = new Hooks(host);

    @Test
    void isNftWhereTheKernelCanQueue() throws HooksException {
        assertThat(hooks.install(Backend.AUTO, HOST))
                .isEqualTo(new Hooks.Installed(Backend.NFT, "nftables v1.0.6 (Lester Gooch #5)"));
        assertThat(host.nft().tables()).containsExactly(NftText.TABLE);
        assertThat(host.mangle(Family.IPV4).rules()).isEmpty();
    }

    @Test
    void isIptablesWhereNftCannotQueue() throws HooksException {
        host.nft().cannotQueue();

        Hooks.Installed installed = hooks.install(Backend.AUTO, HOST);

        assertThat(installed).isEqualTo(new Hooks.Installed(Backend.IPTABLES, "iptables v1.8.9 (nf_tables)"));
        assertThat(installed.changesAreTold()).isTrue();
        assertThat(host.nft().tables()).isEmpty();
    }

    @Test
    void isIptablesWhereThereIsNoNft() throws HooksException {
        assertThat(new Hooks(host.without("nft")).choose(Backend.AUTO)).isEqualTo(Backend.IPTABLES);
    }

    @Test
    void ofTheLegacyVariantTheKernelTellsNothing() throws HooksException {
        Hooks.Installed installed = new Hooks(host.withLegacy()).install(Backend.IPTABLES, HOST);

        assertThat(installed.version()).isEqualTo("iptables v1.8.9 (legacy)");
        assertThat(installed.changesAreTold()).isFalse();
    }

    @Test
    void saysOfBothWhyNeitherWorks() {
        host.failing("nft --check", "Operation not permitted").failing("ip6tables-save", "Permission denied");

        assertThatExceptionOfType(HooksException.class)
                .isThrownBy(() -> hooks.choose(Backend.AUTO))
                .withMessage("neither nft nor iptables can queue packets here:"
                        + " nft cannot queue on this kernel: Operation not permitted;"
                        + " `/usr/sbin/ip6tables-save -t mangle` failed with exit code 1: Permission denied");
    }

    @Test
    void whatIsAskedForIsNotTried() throws HooksException {
        host.nft().cannotQueue();

        assertThat(hooks.choose(Backend.NFT)).isEqualTo(Backend.NFT);
        assertThat(host.asked()).isEmpty();
    }

    @Test
    void aToolThatIsMissingHoldsNothing() throws HooksException {
        Hooks withoutNft = new Hooks(host.without("nft"));
        withoutNft.install(Backend.IPTABLES, HOST);

        assertThat(withoutNft.standing()).contains(Backend.IPTABLES);
        withoutNft.remove(Backend.AUTO);
        assertThat(withoutNft.standing()).isEmpty();
    }

    /** One family alone holds something after a failure in the middle. */
    @Test
    void whatOneFamilyHoldsIsFoundWhereTheOtherCannotBeListed() throws HooksException {
        hooks.install(Backend.IPTABLES, HOST);
        host.failing("iptables-save", "no IPv4 here");
        assertThat(hooks.standing()).contains(Backend.IPTABLES);

        host.failing("ip6tables-save", "no IPv6 either");
        assertThat(hooks.standing()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void aTrialInANamespaceTouchesNoTableOfTheHost(Backend backend) {
        BackendTrial trial = BackendTrial.ofThisUser(host).orElseThrow();

        assertThat(trial.obstacle(backend, HOST)).isEmpty();

        assertThat(host.asked()).allMatch(command -> command.startsWith("unshare --net "));
        assertThat(host.nft().tables()).isEmpty();
        assertThat(host.mangle(Family.IPV4).transactions()).isZero();
    }

    @Test
    void aTrialSaysInOneLineWhyTheKernelRefuses() {
        host.nft().cannotQueue();
        BackendTrial trial = BackendTrial.ofThisUser(host).orElseThrow();

        assertThat(trial.obstacle(Backend.NFT, HOST)).contains("Could not process rule: No such file or directory");
        host.failing("ip6tables-restore", "ip6tables-restore: line 9 failed\nTry again");
        assertThat(trial.obstacle(Backend.IPTABLES, HOST)).contains("ip6tables-restore: line 9 failed");
    }

    @Test
    void aTrialOfAMissingToolSaysSo() {
        BackendTrial trial =
                BackendTrial.ofThisUser(host.without("iptables-restore")).orElseThrow();

        assertThat(trial.obstacle(Backend.IPTABLES, HOST)).contains("iptables-restore is not installed");
    }

    @Test
    void aTrialWithoutRootMapsItsUser() {
        host.failing("unshare --net", "Operation not permitted");
        BackendTrial trial = BackendTrial.ofThisUser(host).orElseThrow();

        assertThat(trial.obstacle(Backend.NFT, HOST)).isEmpty();
        assertThat(host.asked()).last().asString().startsWith("unshare --user --map-root-user --net nft");
    }

    @Test
    void thereIsNoTrialWhereUsersMakeNoNamespace() {
        assertThat(BackendTrial.ofThisUser(host.failing("unshare", "Operation not permitted")))
                .isEmpty();
        assertThat(BackendTrial.ofThisUser(new FakeHost().without("unshare"))).isEmpty();
    }
}
