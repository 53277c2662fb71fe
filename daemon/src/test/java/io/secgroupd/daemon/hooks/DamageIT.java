package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to switch the skeleton off, or part of it, is seen, and one installation mends it. */
@NetnsTest
class DamageIT {

    private static final List<Path> TOOLS = List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin"));

    private final NetworkNamespace host = NetworkNamespace.create("damage");

    @AfterEach
    void removeTheHost() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iptables -t mangle -F SECGROUPD-INPUT",
                "iptables -t mangle -F INPUT",
                "ip6tables -t mangle -F OUTPUT",
                "iptables -t mangle -I SECGROUPD-INPUT -j ACCEPT",
                "iptables -t mangle -I INPUT -j ACCEPT",
                "iptables -t mangle -R SECGROUPD-INPUT 1 -j ACCEPT",
                "ip6tables -t mangle -R INPUT 1 -p tcp -j SECGROUPD-INPUT",
                "iptables -t mangle -A INPUT -j SECGROUPD-INPUT",
                "iptables -t mangle -A INPUT -g SECGROUPD-INPUT",
                "iptables -t mangle -R SECGROUPD-INPUT 2 ! -i lo -j RETURN",
                "nft add table ip mangle { flags dormant ; }",
                "nft add table ip6 mangle { flags dormant ; }"
            })
    void inTheMangleTable(String damage) {
        var hooks = new Hooks(new CommandRunner(TOOLS, Duration.ofSeconds(30)));
        seenAndMended(hooks, Backend.IPTABLES, damage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add table inet secgroupd { flags dormant ; }",
                "delete table inet secgroupd",
                "flush chain inet secgroupd input",
                "insert rule inet secgroupd input accept",
                "insert rule inet secgroupd output iifname eth0 accept",
                "add rule inet secgroupd input accept",
                "add chain inet secgroupd input { policy drop ; }",
                "add chain inet secgroupd other",
                "add set inet secgroupd s { type ipv4_addr ; }",
                "delete chain inet secgroupd output",
                "delete chain inet secgroupd input ;"
                        + " add chain inet secgroupd input { type filter hook input priority 10 ; policy accept ; }",
                "delete chain inet secgroupd input ;"
                        + " add chain inet secgroupd input { type filter hook prerouting priority -160 ; policy accept ; }"
            })
    void inTheTableOfNft(String damage, @TempDir Path directory) throws IOException {
        seenAndMended(hooksOfNft(directory), Backend.NFT, "nft " + damage);
    }

    /** The comment alone says nothing. */
    @Test
    void aRuleWhoseWordsHaveChangedBehindItsComment(@TempDir Path directory) throws IOException {
        Hooks hooks = hooksOfNft(directory);
        install(hooks, Backend.NFT);
        String listing = host.run("nft", "-a", "list", "chain", "inet", "secgroupd", "input");
        String drop = listing.lines()
                .filter(line -> line.contains(CountedStep.INVALID.why()))
                .findFirst()
                .orElseThrow();
        String handle = drop.replaceFirst(".*# handle ", "");

        seenAndMended(
                hooks,
                Backend.NFT,
                "nft replace rule inet secgroupd input handle " + handle + " ct state invalid counter accept comment \""
                        + CountedStep.INVALID.why() + "\"");
    }

    @Test
    void whatIsAsItShouldBeIsNotTouchedAndNothingElseIsLeft(@TempDir Path directory) throws IOException {
        Hooks hooks = hooksOfNft(directory);
        install(hooks, Backend.NFT);
        String before = host.run("nft", "-a", "list", "ruleset");

        install(hooks, Backend.NFT);

        assertThat(check(hooks, Backend.NFT)).isEmpty();
        assertThat(host.run("nft", "-a", "list", "ruleset")).isEqualTo(before).doesNotContain("reference");
    }

    private void seenAndMended(Hooks hooks, Backend backend, String damage) {
        install(hooks, backend);
        assertThat(check(hooks, backend)).isEmpty();

        host.run("sh", "-c", damage.startsWith("nft ") ? "nft '" + damage.substring(4) + "'" : damage);

        assertThat(check(hooks, backend)).as(damage).isNotEmpty();
        install(hooks, backend);
        assertThat(check(hooks, backend)).isEmpty();
    }

    private List<String> check(Hooks hooks, Backend backend) {
        return host.call(() -> hooks.check(backend, SkeletonSettings.DEFAULT));
    }

    private void install(Hooks hooks, Backend backend) {
        host.call(() -> hooks.install(backend, SkeletonSettings.DEFAULT));
    }

    /** Kernels of build machines lack the queue statement: a drop stands in for it, in our own text as in the kernel. */
    private static Hooks hooksOfNft(Path directory) throws IOException {
        Path nft = Files.writeString(
                directory.resolve("nft"),
                "#!/bin/sh\nsed 's/queue num [0-9-]*\\( bypass\\)*/drop/' | /usr/sbin/nft \"$@\"\n");
        Files.setPosixFilePermissions(nft, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Path> tools = List.of(directory, TOOLS.get(0), TOOLS.get(1), TOOLS.get(2));
        return new Hooks(new CommandRunner(tools, Duration.ofSeconds(30)));
    }
}
