package io.secgroupd.daemon.cli.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonAnswer;
import io.secgroupd.controlplane.fleet.host.HostDaemon.DaemonState;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the answers of a daemon: whether a revision is refused, or cannot be tried now. */
class DaemonHandOverTest {

    private static final String CALM = status("\"trial\":null");
    private static final String OPERATOR = status("\"trial\":{\"hash\":\"b\",\"before\":\"a\",\"fleet\":false}");
    private static final PolicyFiles FILES =
            new PolicyFiles(Path.of("/etc/rules.yaml"), Map.of(Path.of("/etc/rules.yaml"), new byte[] {1}));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void refusedPacketsAreThoseOfEveryReasonAndDirectionThatDidNotPass() throws Exception {
        answering(
                () -> assertThat(handOver().state()).isEqualTo(new DaemonState("a", Optional.empty(), 25, "12-34")),
                http(200, CALM));
    }

    @Test
    void aTrialIsToldWithWhatComesBackAfterIt() throws Exception {
        answering(
                () -> assertThat(handOver().state()).isEqualTo(new DaemonState("a", Optional.of("b"), 25, "12-34")),
                http(
                        200,
                        status("\"trial\":{\"hash\":\"b\",\"before\":\"a\",\"fleet\":true}")
                                .replace("\"hash\":\"a\"", "\"hash\":\"b\"")));
    }

    @Test
    void aRefusalIsToldWithTheFirstErrorAndNotWithWarnings() throws Exception {
        String refused = "{\"message\":\"refused: 1 errors; generation 1 stays in force\","
                + "\"problems\":[\"r.yaml:1:1: warning: a: b\",\"r.yaml:2:1: c: d\",\"r.yaml:3:1: e: f\"]}";

        answering(
                () -> assertThat(tryOut())
                        .isEqualTo(new DaemonAnswer(
                                false, "refused: 1 errors; generation 1 stays in force: r.yaml:2:1: c: d")),
                http(200, CALM),
                http(422, refused),
                http(200, CALM));
    }

    @Test
    void tooLargeARevisionIsRefused() throws Exception {
        answering(
                () -> assertThat(tryOut())
                        .matches(answer -> !answer.done() && answer.sentence().endsWith("revision: too large")),
                http(200, CALM),
                http(413, "{\"error\":\"too large\"}"),
                http(200, CALM));
    }

    @Test
    void anOperatorWhoTriesACandidateIsNoReasonToRefuseARevision() throws Exception {
        answering(
                () -> assertThatThrownBy(this::tryOut).hasMessageContaining("an operator is trying"),
                http(200, OPERATOR));
        answering(
                () -> assertThatThrownBy(this::tryOut).hasMessageContaining("an operator is trying"),
                http(200, CALM),
                http(422, "{}"),
                http(200, OPERATOR));
    }

    @Test
    void aChangeMeanwhileIsNoReasonToRefuseARevision() throws Exception {
        answering(
                () -> assertThatThrownBy(this::tryOut).hasMessageContaining("has changed meanwhile"),
                http(200, CALM),
                http(422, "{}"),
                http(200, CALM.replace("\"hash\":\"a\"", "\"hash\":\"c\"")));
    }

    @Test
    void aDaemonThatIsBusyOrOldOrAnotherProgramCannotBeAsked() throws Exception {
        answering(
                () -> assertThatThrownBy(() -> handOver().confirm("b")).hasMessageContaining("HTTP 503: {\"error\""),
                http(503, "{\"error\":\"too many\"}"));
        answering(
                () -> assertThatThrownBy(() -> handOver().state())
                        .hasMessageContaining("does not tell its /policy/hash"),
                http(200, "{}"));
        answering(
                () -> assertThatThrownBy(() -> handOver().hold("b")).isInstanceOf(IOException.class),
                "SSH-2.0-x\r\n\r\n");
    }

    @Test
    void aDaemonThatDoesNotRunIsNamedByItsSocket() {
        assertThatThrownBy(() -> handOver().rollBack("b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be asked on " + socket());
    }

    private DaemonHandOver handOver() {
        return new DaemonHandOver(socket(), () -> {});
    }

    private DaemonAnswer tryOut() throws IOException {
        return handOver().tryOut(FILES, "b", Duration.ofSeconds(60));
    }

    private Path socket() {
        return directory.resolve("pull.sock");
    }

    /** Whatever throws. */
    @FunctionalInterface
    private interface Question {
        void ask() throws Exception;
    }

    /** Gives these answers to the connections that a question makes, and checks that it has taken all of them. */
    private void answering(Question question, String... answers) throws Exception {
        Queue<String> left = new ArrayDeque<>(List.of(answers));
        try (var server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()))) {
            var served = CompletableFuture.runAsync(() -> serve(server, left));
            question.ask();
            served.join();
            assertThat(left).isEmpty();
        } finally {
            Files.delete(socket());
        }
    }

    private static void serve(ServerSocketChannel server, Queue<String> answers) {
        try {
            while (!answers.isEmpty()) {
                try (SocketChannel client = server.accept()) {
                    readHead(client);
                    client.write(ByteBuffer.wrap(answers.remove().getBytes(UTF_8)));
                    client.shutdownOutput();
                    var unused = Channels.newInputStream(client).readAllBytes();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readHead(SocketChannel client) throws IOException {
        var in = Channels.newInputStream(client);
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
    }

    private static String http(int status, String body) {
        return "HTTP/1.1 " + status + " x\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String status(String trial) {
        return "{\"start\":\"12-34\",\"policy\":{\"hash\":\"a\"," + trial + "},\"decisions\":["
                + "{\"direction\":\"ingress\",\"verdict\":\"ACCEPT\",\"packets\":7},"
                + "{\"direction\":\"ingress\",\"verdict\":\"REJECT\",\"packets\":2},"
                + "{\"direction\":\"egress\",\"verdict\":\"REJECT\",\"packets\":10,\"observed\":7}],"
                + "\"cache\":{\"on\":true,\"keys\":1,\"packets\":20}}";
    }
}
