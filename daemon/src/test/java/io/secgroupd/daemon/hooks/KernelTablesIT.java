package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the kernel itself says of its tables is what the tools show of them. */
@NetnsTest
class KernelTablesIT {

    @AutoClose
    private final NetworkNamespace host = NetworkNamespace.create("tables");

    private final CommandRunner runner = CommandRunner.ofTheDaemon();

    @Test
    void namesTheTablesThatNftLists() {
        assertThat(tables().flags()).isEmpty();

        host.run("nft", "add table inet secgroupd; add table ip6 mangle { flags dormant; }; add table arp others");

        assertThat(tables().flags().keySet()).containsExactlyInAnyOrder("inet secgroupd", "ip6 mangle", "arp others");
        assertThat(tables().isDormant("ip6 mangle")).isTrue();
        assertThat(tables().isDormant("inet secgroupd")).isFalse();
    }

    @Test
    void numbersEachChangeAndNothingElse() {
        host.run("nft", "add table inet others; add chain inet others c");
        int before = tables().generation();
        host.run("nft", "list", "ruleset");
        host.run("iptables-save");
        assertThat(tables().generation()).isEqualTo(before);

        host.run("nft", "add rule inet others c accept");
        int withRule = tables().generation();
        host.run("nft", "flush chain inet others c");

        assertThat(withRule).isNotEqualTo(before);
        assertThat(tables().generation()).isNotEqualTo(withRule).isNotEqualTo(before);
    }

    @Test
    void whatOthersDoBetweenTwoChecksIsSeen() {
        Hooks hooks = new Hooks(runner, new IptablesTool(runner, "-nft"));
        host.call(() -> hooks.install(Backend.IPTABLES, SkeletonSettings.DEFAULT));
        assertThat(host.call(() -> hooks.check(Backend.IPTABLES, SkeletonSettings.DEFAULT)))
                .isEmpty();

        host.run("iptables-nft", "-t", "mangle", "-F", "INPUT");

        assertThat(host.call(() -> hooks.check(Backend.IPTABLES, SkeletonSettings.DEFAULT)))
                .isNotEmpty();
    }

    private KernelTables tables() {
        return host.call(() -> runner.tables().orElseThrow());
    }
}
