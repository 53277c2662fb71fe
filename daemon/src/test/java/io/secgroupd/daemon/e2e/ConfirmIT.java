package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Attempt;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes the rules file is what was judged and tried, whatever else is asked for or edited meanwhile. */
@NetnsTest
class ConfirmIT extends ApplyFixture {

    private static final Pattern TO_CONFIRM = Pattern.compile("secgroupd confirm ([0-9a-f]{12})");

    @Test
    void refusedCandidatesLeaveWhatIsTriedAsItIs() {
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");

        write("version: 1\nsecurity_groups: [");
        assertThat(run("apply --confirm 60m " + candidate)).contains("1 error").endsWith("exit 1\n");
        write(allowing(82));
        assertThat(runWith("SSH_CONNECTION='198.51.100.7 50000 10.0.1.10 81' ", "apply --confirm 60m " + candidate))
                .contains("lock you out")
                .endsWith("exit 1\n");
        write("version: 1\ninstances: { other: { addresses: [192.0.2.1], security_groups: [] } }\n");
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 1\n");

        assertOpenIsOnly(81);
        assertThat(run("confirm")).endsWith("exit 0\n");
        assertThat(rules).hasContent(allowing(81));
        assertOpenIsOnly(81);
    }

    @Test
    void hashOfAnotherCandidateConfirmsNothing() {
        String first = toConfirm(run("apply --confirm 60m " + candidate));
        String second = toConfirm(run("apply --confirm 60m " + write(allowing(82))));

        assertThat(run("confirm " + first))
                .contains("secgroupd confirm " + second)
                .endsWith("exit 1\n");
        assertThat(rules).hasContent(allowing(80));

        assertThat(run("confirm " + second)).endsWith("exit 0\n");
        assertThat(rules).hasContent(allowing(82));
    }

    @Test
    void whatSomebodyElseBeganIsNotConfirmedUnawares() {
        String hash = toConfirm(runWith("SUDO_USER=alice ", "apply --confirm 60m " + candidate));

        assertThat(runWith("SUDO_USER=bob ", "confirm"))
                .contains("alice")
                .contains("secgroupd confirm " + hash)
                .endsWith("exit 1\n");
        assertThat(rules).hasContent(allowing(80));

        assertThat(runWith("SUDO_USER=bob ", "confirm " + hash)).endsWith("exit 0\n");
        assertThat(rules).hasContent(allowing(81));
    }

    @Test
    void editOfTheRulesFileDuringTheTrialIsNotLost() throws IOException {
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");
        Files.writeString(rules, allowing(80) + "# edited\n");

        assertThat(run("confirm")).contains("was edited").endsWith("exit 1\n");

        assertThat(rules).hasContent(allowing(80) + "# edited\n");
        assertOpenIsOnly(81);
        assertThat(run("rollback")).endsWith("exit 0\n");
        assertOpenIsOnly(80);
    }

    @Test
    void editOfAnIncludedFileDuringTheTrialIsNotConfirmedWithoutHavingBeenTried() throws IOException {
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");
        Path included = rules.resolveSibling("instances.yaml");
        Files.writeString(included, Files.readString(included) + "# edited\n");

        assertThat(run("confirm")).contains("that it includes").endsWith("exit 1\n");

        assertThat(rules).hasContent(allowing(80));
    }

    @Test
    void candidateIncludesWhatTheRulesFileCouldInclude() throws IOException {
        Path common = Files.createDirectories(directory.resolve("common"));
        Files.move(rules.resolveSibling("instances.yaml"), common.resolve("instances.yaml"));
        Files.writeString(rules, allowing(80).replace("instances.yaml", "../common/*.yaml"));
        daemon.awaitGeneration(2);

        assertThat(run("apply " + write(allowing(81).replace("instances.yaml", "../common/*.yaml"))))
                .endsWith("exit 0\n");

        assertOpenIsOnly(81);
    }

    @Test
    void whoCameByALinkLocalAddressIsJudgedByIt() {
        String ssh = "SSH_CONNECTION='fe80::a%eth0 50000 fe80::b%eth0 81' ";

        assertThat(runWith(ssh, "apply " + candidate)).endsWith("exit 0\n");
        assertThat(runWith(ssh, "apply " + write(allowing(82))))
                .contains("lock you out")
                .endsWith("exit 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN 65535 UNKNOWN 65535", "x", "198.51.100.7 50000 10.0.1.10", "a&confirm=1 1 b#? 22"})
    void sessionThatTellsNoConnectionIsAnsweredWithTheWayOut(String variable) {
        assertThat(runWith("SSH_CONNECTION='" + variable + "' ", "apply " + candidate))
                .contains("--force")
                .endsWith("exit 1\n");
        assertThat(rules).hasContent(allowing(80));
        assertOpenIsOnly(80);
    }

    @Test
    void linkedRulesFileStaysALink() throws IOException {
        Path target = Files.move(rules, directory.resolve("etc/real.yaml"));
        Files.createSymbolicLink(rules, target);

        assertThat(run("apply " + candidate)).endsWith("exit 0\n");

        assertThat(rules).isSymbolicLink();
        assertThat(target).hasContent(allowing(81));
        assertOpenIsOnly(81);
    }

    @Test
    void withoutADaemonNothingIsWritten() {
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");
        daemon.kill();

        assertThat(run("confirm")).endsWith("exit 3\n");

        assertThat(rules).hasContent(allowing(80));
    }

    @Test
    void fileThatWasWrittenBeforeTheConfirmingCommandWasKilledIsInForceInTheEnd() throws IOException {
        assertThat(run("apply --confirm 1s " + candidate)).endsWith("exit 0\n");
        Files.writeString(rules, allowing(81));

        await().atMost(Duration.ofMinutes(1)).until(() -> !run("status").contains("TRIAL"));

        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        TcpClient.in(client).tryConnect("10.0.1.10", 81, Wait.FOR_ONE_PACKET) == Attempt.CONNECTED);
        assertThat(run("status")).doesNotContain("STALE");
    }

    @Test
    void candidateOfAnEarlierVersionIsForgotten() throws IOException {
        daemon.stop();
        Path earlier = Files.createDirectories(directory.resolve(server.name() + "-state/candidate"));
        Files.writeString(earlier.resolve("rules.yaml"), allowing(82));
        Files.createSymbolicLink(earlier.resolve("instances.yaml"), rules.resolveSibling("instances.yaml"));

        daemon = RunningDaemon.start(server, rules, directory);
        AdminSocket.await(server, directory);

        assertThat(earlier).doesNotExist();
        assertThat(rules.resolveSibling("instances.yaml")).exists();
        assertThat(run("confirm")).contains("no candidate is being tried").endsWith("exit 1\n");
        assertThat(rules).hasContent(allowing(80));
    }

    private static String toConfirm(String said) {
        Matcher hash = TO_CONFIRM.matcher(said);
        assertThat(hash.find()).as(said).isTrue();
        return hash.group(1);
    }
}
