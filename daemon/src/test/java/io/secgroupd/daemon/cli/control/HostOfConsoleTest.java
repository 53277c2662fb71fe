package io.secgroupd.daemon.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.console.host.ReplayOutcome;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console knows of the daemon of its host, by answers that a test writes on a real socket. */
class HostOfConsoleTest {

    private static final String LINE =
            "{\"time\":\"2026-01-01T00:00:00.000Z\",\"seq\":1,\"start\":\"a\",\"host\":\"h\","
                    + "\"verdict\":\"ACCEPT\",\"reason\":\"rule\",\"direction\":\"ingress\",\"instance\":\"db\",\"group\":\"sg-db\","
                    + "\"rule\":\"sgr-1\",\"protocol\":\"tcp\",\"src\":\"10.0.0.1\",\"sport\":40000,\"dst\":\"10.0.0.2\","
                    + "\"dport\":3306,\"icmp_type\":null,\"icmp_code\":null,\"tcp_flags\":2,\"in\":\"eth0\",\"generation\":1,"
                    + "\"packets\":1,\"first\":\"2026-01-01T00:00:00.000Z\",\"last\":\"2026-01-01T00:00:00.000Z\"}\n";

    private static final String HEAD = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String END = "0\r\n\r\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private @Nullable ServerSocketChannel server;

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void withoutDaemonThereIsNothingToShow() throws Exception {
        var lost = new CountDownLatch(1);

        assertThat(host().rules()).isEmpty();
        assertThatThrownBy(() -> host().replay(files(3306), files(22), Duration.ofHours(1)))
                .hasMessageStartingWith("The flow log of this host cannot be read: ");
        try (AutoCloseable followed = host().follow(line -> {}, lost::countDown)) {
            assertThat(followed).isNotNull();
            assertThat(lost.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void rulesAreWhatTheDaemonAnswers() throws IOException {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"rules\":[]}");

        assertThat(host().rules())
                .hasValueSatisfying(json -> assertThat(new String(json, UTF_8)).isEqualTo("{\"rules\":[]}"));
        assertThat(asked).singleElement().asString().startsWith("GET /rules?used=true HTTP/1.1");
    }

    @Test
    void aDaemonOfAnEarlierVersionTellsNothing() throws IOException {
        answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 14\r\n\r\n{\"error\":\"no\"}");

        assertThat(host().rules()).isEmpty();
    }

    @Test
    void linesArePassedOnWholeAndTheEndIsTold() throws Exception {
        answer(HEAD + chunk("{\"a\":1}\n{\"b\"") + chunk(":2}\n") + chunk("{\"half"));
        var lines = new CopyOnWriteArrayList<String>();
        var lost = new AtomicInteger();

        try (AutoCloseable followed =
                host().follow(line -> lines.add(new String(line, UTF_8)), lost::incrementAndGet)) {
            assertThat(followed).isNotNull();
            await().until(() -> lost.get() == 1);
        }

        assertThat(lines).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(asked).singleElement().asString().startsWith("GET /flows?follow=true&brief=true ");
    }

    @Test
    void aReplayTellsWhichFlowsTheDraftRefusesAndByWhichRuleTheyPassed() throws IOException {
        answer(HEAD + chunk(LINE + LINE) + chunk(LINE) + END);

        ReplayOutcome outcome = host().replay(files(3306), files(22), Duration.ofHours(1));

        assertThat(asked).singleElement().asString().startsWith("GET /log?since=3600");
        assertThat(outcome.flows()).isEqualTo(3);
        assertThat(outcome.nowRefused()).isEqualTo(3);
        assertThat(outcome.nowAccepted()).isZero();
        assertThat(outcome.remarks()).isEmpty();
        assertThat(outcome.rows()).singleElement().satisfies(row -> {
            assertThat(row.from() + " " + row.to() + " " + row.protocol() + " " + row.port())
                    .isEqualTo("app db tcp 3306");
            assertThat(row.count()).isEqualTo(3);
            assertThat(row.before() + " " + row.after()).isEqualTo("ACCEPT REJECT");
            assertThat(row.ruleBefore())
                    .hasValueSatisfying(rule -> assertThat(rule)
                            .startsWith("sg-db: tcp 3306 from sg-app")
                            .endsWith("rules.yaml:3"));
            assertThat(row.ruleAfter()).isEmpty();
        });
    }

    @Test
    void aLogThatBreaksOffIsJudgedSoFarAndARemarkSaysSo() throws IOException {
        answer(HEAD + chunk(LINE + "nonsense\n"));

        ReplayOutcome outcome = host().replay(files(3306), files(3306), Duration.ofHours(1));

        assertThat(outcome.flows()).isEqualTo(1);
        assertThat(outcome.rows()).isEmpty();
        assertThat(outcome.remarks())
                .containsExactly(
                        "flow log:2: damaged or half-written line",
                        "1 flows were judged, and then no more could be read: the answer of the daemon broke off");
    }

    private HostOfConsole host() {
        return new HostOfConsole(socket());
    }

    private Path socket() {
        return directory.resolve("control.sock");
    }

    private static PolicyFiles files(int port) {
        String rules = """
                version: 1
                security_groups:
                  sg-db: {inbound: [{protocol: tcp, ports: %d, source: sg-app}]}
                  sg-app: {}
                instances:
                  app: {addresses: [10.0.0.1], security_groups: [sg-app]}
                  db: {addresses: [10.0.0.2], security_groups: [sg-db]}
                """.formatted(port);
        return new PolicyFiles(Path.of("rules.yaml"), Map.of(Path.of("rules.yaml"), rules.getBytes(UTF_8)));
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    /** Answers the first client so, and closes the connection. */
    private void answer(String text) throws IOException {
        ServerSocketChannel listening =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()));
        server = listening;
        var thread = new Thread(() -> serve(listening, text), "answer");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(ServerSocketChannel listening, String text) {
        try (SocketChannel client = listening.accept()) {
            ByteBuffer request = ByteBuffer.allocate(4096);
            while (!new String(request.array(), 0, request.position(), UTF_8).contains("\r\n\r\n")) {
                client.read(request);
            }
            asked.add(new String(request.array(), 0, request.position(), UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } catch (IOException closed) {
            asked.add("closed"); // the test has ended
        }
    }
}
