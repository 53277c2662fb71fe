package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NetnsTest
class HooksIT {

    private static final SkeletonSettings FULL =
            new SkeletonSettings(JudgedHooks.ALL, 100, 2, true, SkeletonSettings.DEFAULT_CUT_MARK, false, true);

    private final NetworkNamespace host = NetworkNamespace.create("hooks");
    private final CommandRunner runner = CommandRunner.ofThisHost();

    @AfterEach
    void closeTheHost() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-nft", "-legacy"})
    void installsChecksAndRemovesWithoutATrace(String variant) {
        Hooks hooks = new Hooks(runner, new IptablesTool(runner, variant));
        host.run("iptables" + variant, "-t", "mangle", "-A", "INPUT", "-p", "tcp", "-j", "ACCEPT");
        String before = rules(variant);

        for (SkeletonSettings settings : List.of(SkeletonSettings.DEFAULT, FULL, SkeletonSettings.DEFAULT)) {
            in(() -> hooks.install(Backend.IPTABLES, settings));
            assertThat(in(() -> hooks.check(Backend.IPTABLES, settings))).isEmpty();
        }
        String once = rules(variant);
        in(() -> hooks.install(Backend.IPTABLES, SkeletonSettings.DEFAULT));
        assertThat(rules(variant)).isEqualTo(once).contains("-A INPUT -p tcp -j ACCEPT");

        in(() -> remove(hooks));
        in(() -> remove(hooks));
        assertThat(rules(variant)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-nft", "-legacy"})
    void noticesWhatOthersDidAndRestoresIt(String variant) {
        Hooks hooks = new Hooks(runner, new IptablesTool(runner, variant));
        in(() -> hooks.install(Backend.IPTABLES, SkeletonSettings.DEFAULT));
        String ours = rules(variant);

        for (String damage : List.of(
                "iptables -F",
                "ip6tables -F",
                "iptables -D OUTPUT -j SECGROUPD-OUTPUT",
                "ip6tables -D SECGROUPD-INPUT 3",
                "iptables -I INPUT -j ACCEPT",
                "iptables -A SECGROUPD-INPUT -j ACCEPT",
                "iptables -A FORWARD -j SECGROUPD-INPUT")) {
            String[] words = damage.split(" ", 2);
            host.run((words[0] + variant + " -t mangle " + words[1]).split(" "));
            assertThat(in(() -> hooks.check(Backend.IPTABLES, SkeletonSettings.DEFAULT)))
                    .as(damage)
                    .isNotEmpty();
            in(() -> hooks.install(Backend.IPTABLES, SkeletonSettings.DEFAULT));
            assertThat(in(() -> hooks.check(Backend.IPTABLES, SkeletonSettings.DEFAULT)))
                    .as("after " + damage)
                    .isEmpty();
        }
        host.run("iptables" + variant, "-t", "mangle", "-D", "INPUT", "-j", "ACCEPT");
        assertThat(rules(variant)).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"-legacy, -nft", "-nft, -legacy"})
    void takesAwayWhatAnEarlierRunLeftInTheOtherVariant(String earlier, String now) {
        in(() -> new Hooks(runner, new IptablesTool(runner, earlier)).install(Backend.IPTABLES, FULL));

        in(() -> new Hooks(runner, new IptablesTool(runner, now)).install(Backend.IPTABLES, FULL));

        assertThat(rules(earlier)).doesNotContain("SECGROUPD");
        assertThat(rules(now)).contains("SECGROUPD");
    }

    @Test
    void choosesIptablesWhereNftCannotQueue() {
        Hooks hooks = new Hooks(runner);
        boolean nftQueues = in(() -> new NftTool(runner).obstacle().isEmpty());

        Hooks.Installed installed = in(() -> hooks.install(Backend.AUTO, SkeletonSettings.DEFAULT));

        assertThat(installed.backend()).isEqualTo(nftQueues ? Backend.NFT : Backend.IPTABLES);
        assertThat(installed.version()).startsWith(nftQueues ? "nftables v" : "iptables v");
        assertThat(host.run("nft", "list", "tables")).doesNotContain("trial");
        assertThat(in(() -> hooks.check(Backend.AUTO, SkeletonSettings.DEFAULT)))
                .isEmpty();
    }

    @Test
    void leavesNothingInEitherFamilyWhenTheSecondFails(@TempDir Path stubs) throws IOException {
        host.run("iptables", "-t", "mangle", "-A", "INPUT", "-p", "tcp", "-j", "ACCEPT");
        String before = rules("");
        stub(stubs, "ip6tables-restore", "echo 'no such table' >&2; exit 2");
        CommandRunner failing =
                new CommandRunner(List.of(stubs, Path.of("/usr/sbin"), Path.of("/sbin")), Duration.ofSeconds(10));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> in(() -> new Hooks(failing).install(Backend.IPTABLES, SkeletonSettings.DEFAULT)))
                .withCauseInstanceOf(HooksException.class)
                .withMessageContaining("ip6tables-restore")
                .withMessageContaining("no such table");
        assertThat(rules("")).isEqualTo(before);
    }

    @Test
    void keepsTheEarlierSkeletonWhenANewOneFails(@TempDir Path stubs) throws IOException {
        in(() -> new Hooks(runner).install(Backend.IPTABLES, SkeletonSettings.DEFAULT));
        String before = rules("");
        stub(stubs, "ip6tables-restore", "exit 1");
        CommandRunner failing =
                new CommandRunner(List.of(stubs, Path.of("/usr/sbin"), Path.of("/sbin")), Duration.ofSeconds(10));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> in(() -> new Hooks(failing).install(Backend.IPTABLES, FULL)));
        assertThat(rules("")).isEqualTo(before);
    }

    /** The kernels of build machines lack nft's queue: everything else of the text is loaded here with a drop in its place. */
    @Test
    void loadsTheNftTextAndKnowsItAgain(@TempDir Path folder) throws IOException {
        Path text = folder.resolve("skeleton.nft");
        Files.writeString(text, NftTool.print(Skeleton.of(FULL)).replaceAll("queue num \\S+( bypass)?", "drop"));
        stub(folder, "nft", "sed 's/queue num [0-9-]*\\( bypass\\)*/drop/' | /usr/sbin/nft \"$@\"");
        var nft = new NftTool(
                new CommandRunner(List.of(folder, Path.of("/usr/sbin"), Path.of("/sbin")), Duration.ofSeconds(10)));

        host.run("nft", "-f", text.toString());
        host.run("nft", "-f", text.toString());

        assertThat(in(() -> nft.check(Skeleton.of(FULL)))).isEmpty();
        assertThat(in(() -> nft.check(Skeleton.of(SkeletonSettings.DEFAULT))))
                .as("its queue is another one, and it judges what is routed")
                .hasSize(3)
                .last()
                .isEqualTo("nft inet secgroupd: chain forward does not belong here");
        host.run("nft", "flush", "chain", "inet", "secgroupd", "input");
        assertThat(in(() -> nft.check(Skeleton.of(FULL))))
                .singleElement()
                .asString()
                .contains("chain input");

        in(() -> remove(new Hooks(runner)));
        assertThat(host.run("nft", "list", "tables")).doesNotContain("secgroupd");
        assertThat(in(() -> nft.check(Skeleton.of(FULL)))).containsExactly("nft: table inet secgroupd is missing");
    }

    private <T> T in(Callable<T> code) {
        return host.call(code);
    }

    private static boolean remove(Hooks hooks) throws HooksException {
        hooks.remove(Backend.AUTO);
        return true;
    }

    /** The mangle tables of both families without times and packet counts. */
    private String rules(String variant) {
        String saved = host.run("iptables" + variant + "-save", "-t", "mangle")
                + host.run("ip6tables" + variant + "-save", "-t", "mangle");
        return saved.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("\\[\\d+:\\d+]", ""))
                .collect(Collectors.joining("\n"));
    }

    private static void stub(Path folder, String name, String body) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
