package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.AdminClient.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin socket as clients meet it, on a real Unix socket. */
class AdminServerTest extends AdminServerFixture {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /status                | 200 | "generation":6
            GET  | /status?rules=true     | 200 | "rules":[{"group":"sg-app"
            GET  | /rules                 | 200 | "hits":3
            GET  | /metrics               | 200 | secgroupd_policy_generation 6.0
            GET  | /flows                 | 400 | follow=true
            GET  | /log                   | 400 | use GET /log?since=SECONDS
            GET  | /log?since=0           | 400 | use GET /log?since=SECONDS
            GET  | /log?since=604801      | 400 | use GET /log?since=SECONDS
            POST | /log?since=1           | 405 | GET, HEAD only
            GET  | /                      | 404 | no such path
            GET  | /reload                | 405 | POST only
            POST | /status                | 405 | GET, HEAD only
            PUT  | /nowhere               | 404 | no such path
            GET  | /status?a=%zz          | 400 | not a valid URI
            GET  | /%zz                   | 400 | not a valid URI
            POST | /reload                | 422 | "problems":["rules.yaml:3:1: error: no"]
            POST | /apply                 | 400 | use POST /apply?confirm=SECONDS
            POST | /try                   | 400 | use POST /try?confirm=SECONDS
            POST | /try?confirm=0         | 400 | use POST /try?confirm=SECONDS
            POST | /confirm               | 422 | refused
            POST | /rollback              | 422 | refused
            """)
    void answers(String method, String path, int status, String containing) throws IOException {
        serve(LONG, true);

        Reply reply = ask(method, path);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).contains(containing);
    }

    @Test
    void aControlServerMayAskAboutAChangeAndHaveTheFilesRead() throws IOException {
        var limits = AdminLimits.DEFAULT;
        var server = opened(new AdminServer(daemon, followers, limits, uid -> true));
        server.listenForControl(opened(new SocketFile(socket, group())));
        var change = new GuardRequest(
                Path.of("/etc/rules.yaml"),
                Map.of(Path.of("/etc/rules.yaml"), new byte[] {0, 1}),
                "old",
                "new",
                Optional.of("192.0.2.1,192.0.2.2,9471"));

        assertThat(guard(change)).isEqualTo(new Reply(200, "{}\n"));
        GuardRequest asked = Objects.requireNonNull(daemon.asked);
        assertThat(asked.files().get(Path.of("/etc/rules.yaml"))).containsExactly(0, 1);
        assertThat(asked).usingRecursiveComparison().isEqualTo(change);
        assertThat(guard(new GuardRequest(change.rules(), change.files(), "old", "bad", Optional.empty())))
                .isEqualTo(new Reply(422, "{\"error\":\"the test \\\"db\\\" fails\"}\n"));
        assertThat(ask("POST", "/reload").status()).isEqualTo(422);
        assertThat(ask("POST", "/guard").status()).isEqualTo(400);
        assertThat(ask("POST", "/rollback").status()).isEqualTo(403);
        assertThat(ask("POST", "/apply?confirm=10").status()).isEqualTo(403);
        assertThat(ask("GET", "/metrics").body()).contains("POST /guard and /reload, and GET /status");
        for (String path : List.of("/status", "/rules", "/log?since=60")) {
            assertThat(ask("GET", path).status()).as(path).isEqualTo(200);
        }
        assertThat(follow()).isNotNull();
    }

    @Test
    void pullMayTryRevisionsAndHasASayInNothingElse() throws IOException {
        daemon.sound = true;
        var server = opened(new AdminServer(daemon, followers, AdminLimits.DEFAULT, uid -> true));
        server.listenForPull(opened(new SocketFile(socket, group())));
        var revision = new GuardRequest(
                Path.of("/etc/rules.yaml"),
                Map.of(Path.of("/etc/rules.yaml"), new byte[] {0, 1}),
                "old",
                "new",
                Optional.empty());

        assertThat(post("/try?confirm=60", GuardJson.write(revision)).status()).isEqualTo(200);
        assertThat(ask("POST", "/candidate?hash=new").body()).contains("\"in_force\":true");
        assertThat(ask("POST", "/confirm?hash=new").status()).isEqualTo(200);
        assertThat(ask("POST", "/rollback?hash=new").status()).isEqualTo(200);

        assertThat(daemon.asked).usingRecursiveComparison().isEqualTo(revision);
        assertThat(daemon.fleetAsked).containsExactly("try new PT1M", "hold new", "confirm new", "roll back new");
        assertThat(daemon.confirmed).isEmpty();
        assertThat(ask("GET", "/status").status()).isEqualTo(200);
        assertThat(ask("POST", "/reload").status()).isEqualTo(200);
        for (String path : List.of("/guard", "/apply?confirm=10")) {
            assertThat(ask("POST", path).status()).as(path).isEqualTo(403);
        }
        for (String path : List.of("/rules", "/metrics", "/flows?follow=true")) {
            assertThat(ask("GET", path).body()).as(path).contains("secgroupd pull may only use GET /status");
        }
    }

    @Test
    void onlyRootAndPullMayTryARevision() throws IOException {
        serve(LONG, false);
        assertThat(ask("POST", "/try?confirm=60").status()).isEqualTo(403);

        var server = opened(new AdminServer(daemon, followers, AdminLimits.DEFAULT, uid -> true));
        socket = directory.resolve("control.sock");
        server.listenForControl(opened(new SocketFile(socket, group())));
        assertThat(ask("POST", "/try?confirm=60").status()).isEqualTo(403);
        assertThat(daemon.fleetAsked).isEmpty();
    }

    private Reply post(String path, byte[] body) throws IOException {
        return new AdminClient(socket).ask("POST", path, "application/json", body);
    }

    private Reply guard(GuardRequest change) throws IOException {
        return new AdminClient(socket).ask("POST", "/guard", "application/json", GuardJson.write(change));
    }

    @Test
    void whoeverAsksForThoseIsToldOnlyTheRulesThatWereUsed() throws IOException {
        serve(LONG, true);

        assertThat(ask("GET", "/rules").body()).contains("\"hits\":0");
        assertThat(ask("GET", "/rules?used=true").body()).contains("\"hits\":3").doesNotContain("\"hits\":0");
    }

    @Test
    void headIsAnsweredWithTheHeadAlone() throws IOException {
        serve(LONG, true);

        String body = ask("GET", "/rules").body();

        assertThat(allThatIsAnsweredTo("HEAD /rules HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("content-length: " + body.length())
                .endsWith("\r\n\r\n");
    }

    @Test
    void wrongMethodIsToldTheRightOne() throws IOException {
        serve(LONG, true);

        assertThat(allThatIsAnsweredTo("DELETE /rules HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("allow: GET, HEAD\r\n");
    }

    @Test
    void everyAnswerSaysThatItIsTheLastOnItsConnection() throws IOException {
        serve(LONG, true);

        assertThat(allThatIsAnsweredTo("GET /rules HTTP/1.1\r\nConnection: keep-alive\r\n\r\n"))
                .contains("connection: close\r\n");
    }

    @Test
    void goodFilesAreReloaded() throws IOException {
        daemon.sound = true;
        serve(LONG, true);

        Reply reply = new AdminClient(socket).ask("POST", "/reload", "text/plain");

        assertThat(reply).isEqualTo(new Reply(200, "generation 7 is in force\n"));
    }

    @Test
    void confirmationNamesTheCandidate() throws IOException {
        daemon.sound = true;
        serve(LONG, true);

        assertThat(ask("POST", "/confirm?hash=abc").status()).isEqualTo(200);
        assertThat(daemon.confirmed).isEqualTo("abc");
    }

    @Test
    void candidateIsGivenToWhoMayChangeAlone() throws IOException {
        daemon.sound = true;
        serve(LONG, true);

        assertThat(ask("POST", "/candidate?hash=abc&by=al%20ice").body())
                .isEqualTo("{\"hash\":\"abc\",\"rules\":\"/etc/secgroupd/rules.yaml\",\"expected\":\"abc\","
                        + "\"by\":\"al ice\",\"content\":\"version: 1\\n\"}\n");
        assertThat(ask("GET", "/candidate").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0ab", "%1b%5b31m", "%e2%80%ae", ""})
    void whoAsksInWordsThatCannotBeShownIsNobodyKnown(String by) throws IOException {
        daemon.sound = true;
        serve(LONG, true);

        assertThat(ask("POST", "/candidate?by=" + by).body()).contains("\"by\":\"\"");
    }

    @Test
    void candidateComesAsABodyLargerThanOtherRequests() throws IOException {
        daemon.sound = true;
        serve(LONG, true);
        byte[] content = "x".repeat(AdminLimits.BODY + 1).getBytes(StandardCharsets.US_ASCII);

        Reply reply = new AdminClient(socket)
                .ask("POST", "/apply?confirm=60&existing=cut&name=a%20b&caller=1,2,3", "text/plain", content);

        assertThat(reply.status()).isEqualTo(200);
        ApplyRequest applied = Objects.requireNonNull(daemon.applied);
        assertThat(applied.content()).isEqualTo(ByteBuffer.wrap(content));
        assertThat(applied.name()).isEqualTo("a b");
        assertThat(applied.time()).isEqualTo(Duration.ofSeconds(60));
        assertThat(applied.existing()).contains("cut");
        assertThat(applied.caller()).contains("1,2,3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm=0", "confirm=3601", "confirm=x", "confirm=60&existing=all", ""})
    void candidateWithoutASoundQueryIsRefused(String query) throws IOException {
        serve(LONG, true);

        assertThat(new AdminClient(socket)
                        .ask("POST", "/apply?" + query, "text/plain", new byte[] {1})
                        .status())
                .isEqualTo(400);
        assertThat(daemon.applied).isNull();
    }

    @Test
    void whoMayNotChangeAnythingMayRead() throws IOException {
        serve(LONG, false);

        assertThat(ask("POST", "/reload").status()).isEqualTo(403);
        assertThat(daemon.reloads).isZero();
        assertThat(ask("GET", "/status").status()).isEqualTo(200);
    }

    @Test
    void faultOfOursIsAnAnswer() throws IOException {
        daemon.broken = true;
        serve(LONG, true);

        assertThat(ask("GET", "/status").status()).isEqualTo(500);
        assertThat(ask("GET", "/rules").status()).isEqualTo(200);
    }

    @Test
    void socketIsForRootAndTheGroup() throws IOException {
        serve(LONG, true);

        var attributes = Files.readAttributes(socket, PosixFileAttributes.class);
        assertThat(PosixFilePermissions.toString(attributes.permissions())).isEqualTo("rw-rw----");
        assertThat(attributes.group().getName()).isEqualTo(group());
    }

    @Test
    void groupThatDoesNotExistLeavesTheSocketToRoot() throws IOException {
        var server = opened(new AdminServer(daemon, followers));

        server.listen(new SocketFile(socket, "no-such-group-here"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void replacesASocketOnWhichNobodyAnswers() throws IOException {
        ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        crashed.bind(UnixDomainSocketAddress.of(socket));
        crashed.close();

        serve(LONG, true);

        assertThat(ask("GET", "/status").status()).isEqualTo(200);
    }

    @Test
    void leavesASocketAloneOnWhichSomebodyAnswers() throws IOException {
        serve(LONG, true);
        var second = opened(new AdminServer(daemon, followers));

        assertThatThrownBy(() -> second.listen(new SocketFile(socket, group())))
                .hasMessageContaining("another process answers on " + socket);
        assertThat(ask("GET", "/status").status()).isEqualTo(200);
    }

    @Test
    void leavesAFileAloneThatIsNoSocket() throws IOException {
        Files.writeString(socket, "mine");
        var server = opened(new AdminServer(daemon, followers));

        assertThatThrownBy(() -> server.listen(new SocketFile(socket, group())))
                .hasMessageContaining("is not a socket");
        assertThat(socket).hasContent("mine");
    }

    @Test
    void closingRemovesTheSocketUnlessAnotherTookItsPlace() throws IOException {
        SocketFile file = serve(LONG, true);
        Files.delete(socket);
        Files.writeString(socket, "another's");

        file.close();

        assertThat(socket).exists();
    }

    @Test
    void whoeverOnlyLooksGetsTheLinesForThat() throws IOException {
        serve(LONG, true);
        SocketChannel client = connect();
        write(client, "GET /flows?follow=true&brief=true HTTP/1.1\r\n\r\n");
        await().until(followers::isBriefOpen);
        assertThat(followers.isOpen()).as("nobody wants all").isFalse();

        followers.briefLines("{\"seq\":7}\n".getBytes(StandardCharsets.UTF_8));

        assertThat(readUntil(Channels.newInputStream(client), "}")).contains("{\"seq\":7}");
        client.close();
        await().until(() -> followers.count() == 0);
    }

    @Test
    void followersGetLinesAsTheyAreWritten() throws IOException {
        serve(LONG, true);
        InputStream lines = follow();

        followers.lines("{\"seq\":1}\n".getBytes(StandardCharsets.UTF_8));
        followers.lines("{\"seq\":2}\n".getBytes(StandardCharsets.UTF_8));

        assertThat(readUntil(lines, "{\"seq\":2}\n")).contains("application/x-ndjson", "{\"seq\":1}\n");
    }

    @Test
    void followerThatDoesNotReadIsDroppedAndSlowsNobody() throws IOException {
        serve(LONG, true);
        InputStream slow = follow();
        byte[] lines = "x".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII);

        await().until(() -> {
            followers.lines(lines);
            return followers.count() == 0;
        });

        assertThat(slow.readAllBytes().length).isLessThan((int) FlowFollowers.MOST_PENDING * 2);
    }

    @Test
    void metricsPortServesMetricsAlone() throws IOException {
        var server = opened(new AdminServer(daemon, followers));
        InetSocketAddress address = server.serveMetrics(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

        assertThat(askByTcp(address, "GET /metrics")).startsWith("HTTP/1.1 200").contains("secgroupd_decisions_total");
        assertThat(askByTcp(address, "GET /status")).startsWith("HTTP/1.1 404");
        assertThat(askByTcp(address, "POST /reload")).startsWith("HTTP/1.1 404");
        assertThat(daemon.reloads).isZero();
    }
}
