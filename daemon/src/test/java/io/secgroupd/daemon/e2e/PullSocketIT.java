package io.secgroupd.daemon.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.admin.GuardJson;
import io.secgroupd.daemon.admin.GuardRequest;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.OtherUser;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A revision of a control server, which a user without any right but to the socket tries on a real host. */
@NetnsTest
class PullSocketIT extends ApplyFixture {

    private static final int USER = 60_001;
    private static final int STRANGERS = 60_009;

    @SuppressWarnings("NullAway.Init")
    private Path socket;

    @SuppressWarnings("NullAway.Init")
    private OtherUser pull;

    @BeforeEach
    void openTheSocket() throws IOException {
        daemon.stop();
        daemon = RunningDaemon.start(server, rules, directory, "pull: { group: tty }");
        AdminSocket.await(server, directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        socket = directory.resolve("pull.sock");
        await().until(() -> Files.exists(socket));
        pull = new OtherUser(USER, (Integer) Files.getAttribute(socket, "unix:gid"));
    }

    @Test
    void aRevisionIsTriedWrittenAndConfirmed() throws IOException {
        GuardRequest revision = revision(81);

        assertThat(tryOut(revision, 60).status()).isEqualTo(200);
        assertOpenIsOnly(81);
        assertThat(rules).hasContent(allowing(80));
        assertThat(run("status")).contains("a revision of the control server, which secgroupd pull confirms");
        assertThat(run("confirm"))
                .contains("secgroupd pull writes and confirms it")
                .endsWith("exit 1\n");

        assertThat(ask("POST", "/candidate?hash=" + revision.after()).status()).isEqualTo(200);
        write(revision);
        assertThat(ask("POST", "/confirm?hash=" + revision.after()).status()).isEqualTo(200);

        assertThat(run("status")).doesNotContain("TRIAL").doesNotContain("STALE");
        assertThat(run("reload")).contains("generation 2 is in force").endsWith("exit 0\n");
        assertOpenIsOnly(81);
    }

    @Test
    void aRevisionThatIsNotConfirmedEndsAndHalfOfItsFilesIsNeverFollowed() throws IOException {
        GuardRequest revision = revision(81);
        assertThat(tryOut(revision, 5).status()).isEqualTo(200);
        Path included = rules.resolveSibling("instances.yaml");
        byte[] before = Files.readAllBytes(included);

        Files.writeString(included, "half of a");
        assertThat(run("reload")).contains("a candidate is being tried").endsWith("exit 1\n");
        Files.write(included, before);

        daemon.awaitLog("policy.rolled_back").awaitGeneration(3);
        assertThat(daemon.log()).doesNotContain("policy.refused");
        assertOpenIsOnly(80);
    }

    @Test
    void aRevisionIsTakenBackAtOnce() throws IOException {
        GuardRequest revision = revision(81);
        assertThat(tryOut(revision, 3600).status()).isEqualTo(200);

        assertThat(ask("POST", "/rollback?hash=" + revision.after()).status()).isEqualTo(200);

        assertOpenIsOnly(80);
    }

    @Test
    void theTrialOfAnOperatorStays() throws IOException {
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");

        assertThat(tryOut(revision(80), 60))
                .returns(422, Reply::status)
                .extracting(Reply::body)
                .asString()
                .contains("an operator is trying a candidate");
        assertThat(ask("POST", "/rollback?hash=").status()).isEqualTo(422);
        assertOpenIsOnly(81);
        assertThat(run("confirm")).endsWith("exit 0\n");
    }

    @Test
    void othersMayNotTryAnything() throws IOException {
        GuardRequest revision = revision(81);
        var stranger = new OtherUser(USER, STRANGERS);
        assertThatThrownBy(() -> stranger.call(() -> new AdminClient(socket).ask("GET", "/status", "text/plain")))
                .hasMessageContaining("Permission denied");

        Path admin = directory.resolve(server.name() + ".sock");
        var reader = new OtherUser(USER, (Integer) Files.getAttribute(admin, "unix:gid"));
        Reply reply = reader.call(() -> new AdminClient(admin).ask("POST", "/try?confirm=60", "text/plain"));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(ask("POST", "/apply?confirm=60").status()).isEqualTo(403);
        assertThat(tryOut(revision, 0).status()).isEqualTo(400);
        assertOpenIsOnly(80);
    }

    private Reply tryOut(GuardRequest revision, int seconds) {
        return pull.call(() -> new AdminClient(socket)
                .ask("POST", "/try?confirm=" + seconds, "application/json", GuardJson.write(revision)));
    }

    private Reply ask(String method, String path) {
        return pull.call(() -> new AdminClient(socket).ask(method, path, "application/json"));
    }

    private GuardRequest revision(int port) throws IOException {
        Path included = rules.resolveSibling("instances.yaml");
        var files = new TreeMap<Path, byte[]>(
                Map.of(rules, allowing(port).getBytes(UTF_8), included, Files.readAllBytes(included)));
        String after = PolicyReader.read(new PolicyFiles(rules, files)).hash();
        return new GuardRequest(rules, files, PolicyReader.read(rules).hash(), after, Optional.empty());
    }

    private static void write(GuardRequest revision) throws IOException {
        for (Map.Entry<Path, byte[]> file : revision.files().entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }
}
