package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.net.Family;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command that fails, or that is cut off, leaves behind, and what the operator is told. */
class FailedCommandTest {

    private static final SkeletonSettings HOST = SkeletonSettings.DEFAULT;
    private static final SkeletonSettings OTHER =
            new SkeletonSettings(JudgedHooks.ALL, 100, 2, true, SkeletonSettings.DEFAULT_CUT_MARK);

    private final FakeHost host = new FakeHost();
    private final Hooks hooks = new Hooks(host);

    @Test
    void neitherFamilyIsClosedWhenTheSecondCannotBe() {
        host.failing("ip6tables-restore", "no such table");

        failsWith(
                "`/usr/sbin/ip6tables-restore -w 5 --noflush` failed with exit code 1: no such table",
                Backend.IPTABLES);

        assertThat(rules()).isEmpty();
    }

    @Test
    void theEarlierSkeletonStaysWhenANewOneFailsInTheSecondFamily() throws HooksException {
        hooks.install(Backend.IPTABLES, HOST);
        List<String> before = rules();
        host.failing("ip6tables-restore", "no such table");

        assertThatExceptionOfType(HooksException.class).isThrownBy(() -> hooks.install(Backend.IPTABLES, OTHER));

        assertThat(rules()).isEqualTo(before);
        assertThat(hooks.check(Backend.IPTABLES, HOST)).isEmpty();
    }

    /** One family is closed then and the other open, which the operator must know. */
    @Test
    void saysThatTheFirstFamilyCouldNotBePutBackEither() {
        host.failing("ip6tables-restore", "no such table").failingFromTheSecondTime("iptables-restore", "lock is held");

        failsWith(
                "`/usr/sbin/ip6tables-restore -w 5 --noflush` failed with exit code 1: no such table;"
                        + " and IPv4 could not be put back as it was:"
                        + " `/usr/sbin/iptables-restore -w 5 --noflush` failed with exit code 1: lock is held",
                Backend.IPTABLES);
    }

    @Test
    void nothingChangesWhenATableCannotBeListed() {
        host.failing("ip6tables-save", "Permission denied");

        failsWith("`/usr/sbin/ip6tables-save -t mangle` failed with exit code 1: Permission denied", Backend.IPTABLES);

        assertThat(host.mangle(Family.IPV4).transactions()).isZero();
    }

    @Test
    void theTableOfNftStaysWhenANewOneFails() throws HooksException {
        hooks.install(Backend.NFT, HOST);
        List<String> before = List.copyOf(host.nft().ours("input"));
        host.failing("nft -f -", "Error: Too many links");

        assertThatExceptionOfType(HooksException.class).isThrownBy(() -> hooks.install(Backend.NFT, OTHER));

        assertThat(host.nft().ours("input")).isEqualTo(before);
    }

    @Test
    void theRulesThatWereComparedWithGoAlsoWhenTheyCannotBeListed() throws HooksException {
        hooks.install(Backend.NFT, HOST);
        host.failing("secgroupd-reference", "Error: Interrupted system call");

        assertThatExceptionOfType(HooksException.class)
                .isThrownBy(() -> hooks.check(Backend.NFT, HOST))
                .withMessageContaining("Interrupted system call");

        assertThat(host.nft().tables()).containsExactly(NftText.TABLE);
        host.mended();
        assertThat(hooks.check(Backend.NFT, HOST)).isEmpty();
    }

    @Test
    void theOldSkeletonStaysWhereTheNewOneFails() throws HooksException {
        hooks.install(Backend.NFT, HOST);
        host.failing("ip6tables-restore", "no such table");

        failsWith(
                "`/usr/sbin/ip6tables-restore -w 5 --noflush` failed with exit code 1: no such table",
                Backend.IPTABLES);

        assertThat(hooks.check(Backend.NFT, HOST)).isEmpty();
    }

    @Test
    void whatCannotBeReadShowsNoRules() {
        host.mangle(Family.IPV6).iptables("-A INPUT -j ACCEPT");
        host.failing("iptables-save", "Permission denied").without("nft");

        assertThat(HostRules.read(host).rules())
                .extracting(Object::toString)
                .containsExactly("ip6tables -t mangle -A INPUT -j ACCEPT");
    }

    /** A listing without its end would be mended, put back or taken away as if that were all. */
    @ParameterizedTest
    @ValueSource(strings = {"iptables-save", "ip6tables-save"})
    void aListingThatWasCutOffIsNotTakenForTheWholeTable(String program) throws HooksException {
        hooks.install(Backend.IPTABLES, HOST);
        List<String> before = rules();
        Family family = program.startsWith("ip6") ? Family.IPV6 : Family.IPV4;
        List<String> ofFamily = host.mangle(family).rules();
        host.cuttingOff(program + " -t mangle");
        String problem = "`" + program + " -t mangle` printed only a part of the table";

        for (Attempt attempt : List.<Attempt>of(
                () -> hooks.check(Backend.IPTABLES, HOST),
                () -> hooks.install(Backend.IPTABLES, OTHER),
                () -> hooks.remove(Backend.IPTABLES),
                () -> hooks.counts(Backend.IPTABLES, HOST))) {
            assertThatExceptionOfType(HooksException.class)
                    .isThrownBy(attempt::run)
                    .withMessage(problem);
        }
        assertThat(host.mangle(family).rules()).isEqualTo(ofFamily);
        host.mended();
        hooks.install(Backend.IPTABLES, HOST);
        assertThat(rules()).isEqualTo(before);
    }

    /** The variant for nf_tables prints nothing at all before there is a table. */
    @Test
    void nothingAtAllIsAnEmptyTable() {
        assertThat(IptablesListing.parse("").chains()).isEmpty();
    }

    @Test
    void aListingOfNftThatWasCutOffIsDamage() throws HooksException {
        hooks.install(Backend.NFT, HOST);
        hooks.check(Backend.NFT, HOST);
        host.cuttingOff("list table inet secgroupd");

        assertThat(hooks.check(Backend.NFT, HOST)).singleElement().asString().endsWith("found `nothing`");
    }

    private interface Attempt {
        void run() throws HooksException;
    }

    private void failsWith(String message, Backend backend) {
        assertThatExceptionOfType(HooksException.class)
                .isThrownBy(() -> hooks.install(backend, HOST))
                .withMessage(message);
    }

    private List<String> rules() {
        return Stream.of(Family.values())
                .flatMap(family -> host.mangle(family).rules().stream())
                .toList();
    }
}
