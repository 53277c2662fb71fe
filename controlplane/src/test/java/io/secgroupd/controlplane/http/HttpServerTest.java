package io.secgroupd.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpServerTest {

    private static final String GET = "GET /a?b HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void requestComesAsItWasSent() throws IOException {
        var seen = new CompletableFuture<HttpCall>();
        var endpoint = new Echo(call -> {
            seen.complete(call);
            return "ok";
        });
        try (HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            client.send(
                    "POST /a%2Fb//c?x=%20&y?z HTTP/1.1\r\nHOST: LocalHost:80\r\nX-a: \u00e4 \u00ff  b \r\nx-A: 2\r\n"
                            + "Content-Length: 3\r\n\r\n\u00001\u00ff");
            assertThat(client.answer().code()).isEqualTo(200);
            HttpCall call = seen.join();
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/a%2Fb//c");
            assertThat(call.query()).isEqualTo("x=%20&y?z");
            assertThat(call.fields())
                    .containsExactly(
                            new HttpField("HOST", "LocalHost:80"),
                            new HttpField("X-a", "\u00e4 \u00ff  b"),
                            new HttpField("x-A", "2"),
                            new HttpField("Content-Length", "3"));
            assertThat(call.values("x-a")).containsExactly("\u00e4 \u00ff  b", "2");
            assertThat(call.body()).containsExactly(0, '1', 0xff);
            assertThat(call.here()).isEqualTo(server.address());
            assertThat(call.client().getAddress()).isEqualTo(server.address().getAddress());
        }
    }

    @Test
    void answerHasDateLengthTypeAndItsOwnLines() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            RawClient.Answer answer = client.send(GET).answer();
            assertThat(answer.status()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(answer.body()).isEqualTo("GET /a ? b : ");
            assertThat(answer.values("content-type")).containsExactly("text/xml");
            assertThat(answer.values("x-request")).containsExactly("1");
            assertThat(answer.values("connection")).containsExactly("keep-alive");
            assertThat(answer.values("content-encoding")).isEmpty();
            String date = answer.values("date").get(0);
            assertThat(date).hasSize(29).endsWith(" GMT");
            ZonedDateTime sent = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            assertThat(Duration.between(sent, ZonedDateTime.now(sent.getZone())).abs())
                    .isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        var first = new CountDownLatch(1);
        var endpoint = new Echo(call -> {
            if (call.path().equals("/1")) {
                await(first);
            }
            return call.path();
        });
        try (HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            String chunked =
                    "POST /2 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n";
            client.send(GET.replace("/a?b", "/1") + chunked + GET.replace("/a?b", "/3"));
            first.countDown();
            assertThat(client.answer().body()).isEqualTo("/1");
            assertThat(client.answer().body()).isEqualTo("/2");
            assertThat(client.answer().body()).isEqualTo("/3");
        }
    }

    @Test
    void aHundredPipelinedRequestsAreAnswered() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            client.send(GET.repeat(100));
            for (int i = 0; i < 100; i++) {
                assertThat(client.answer().code()).isEqualTo(200);
            }
        }
    }

    @Test
    void headHasTheLengthAndNoBody() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            client.send(GET.replace("GET", "HEAD") + GET);
            assertThat(client.answer(false).values("content-length")).containsExactly("14");
            assertThat(client.answer().body()).isEqualTo("GET /a ? b : ");
        }
    }

    @Test
    void clientThatWaitsForAWordGetsIt() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.send("ab").answer().body()).isEqualTo("POST / ?  : ab");
        }
    }

    @Test
    void oldClientIsAnsweredAndTheConnectionClosed() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            client.send("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
            assertThat(client.answer().values("connection")).containsExactly("close");
            client.awaitClosed();
        }
    }

    @Test
    void faultOfTheEndpointIsAnAnswer() throws IOException {
        var endpoint = new Echo(call -> {
            throw new StackOverflowError("as in too deep a request");
        });
        try (HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            for (int i = 0; i < 10; i++) {
                RawClient.Answer answer = client.send(GET).answer();
                assertThat(answer.code()).isEqualTo(500);
                assertThat(answer.body()).startsWith("<No>");
            }
        }
    }

    @Test
    void clientOfTheJdkIsServed() throws Exception {
        try (HttpServer server = Echo.serve(new Echo(), HttpLimits.DEFAULT)) {
            var client = HttpClient.newHttpClient();
            String body = "x".repeat(300_000);
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.address().getPort() + "/"))
                    .expectContinue(true)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("POST / ?  : " + body);
        }
    }

    @Test
    void requestsBeyondTheQueueAreRefused() throws IOException {
        var gate = new CountDownLatch(1);
        var begun = new Phaser(1);
        var endpoint = new Echo(call -> {
            begun.arrive();
            await(gate);
            return "done";
        });
        try (HttpServer server = Echo.serve(endpoint, limits(256, 1, 1));
                RawClient working = RawClient.to(server.address());
                RawClient waiting = RawClient.to(server.address());
                RawClient refused = RawClient.to(server.address())) {
            working.send(GET);
            begun.awaitAdvance(0);
            waiting.send(GET);
            RawClient.Answer busy = refusalAfter(server, refused);
            assertThat(busy.values("retry-after")).containsExactly("1");
            assertThat(busy.body()).startsWith("<No>");
            gate.countDown();
            assertThat(working.answer().body()).isEqualTo("done");
        }
    }

    /** Fills the queue, whichever of the connections is read first. */
    private static RawClient.Answer refusalAfter(HttpServer server, RawClient client) throws IOException {
        try (RawClient more = RawClient.to(server.address())) {
            CompletableFuture<RawClient.Answer> other = CompletableFuture.supplyAsync(() -> answer(more));
            CompletableFuture<RawClient.Answer> one = CompletableFuture.supplyAsync(() -> answer(client));
            RawClient.Answer first =
                    (RawClient.Answer) CompletableFuture.anyOf(one, other).join();
            assertThat(first.code()).isEqualTo(503);
            return first;
        }
    }

    private static RawClient.Answer answer(RawClient client) {
        try {
            return client.send(GET).answer();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), limits(1, 1, 1));
                RawClient first = RawClient.to(server.address())) {
            assertThat(first.send(GET).answer().code()).isEqualTo(200);
            try (RawClient second = RawClient.to(server.address())) {
                second.awaitClosed();
            }
            assertThat(first.send(GET).answer().code()).isEqualTo(200);
        }
    }

    private static HttpLimits limits(int connections, int workers, int waiting) {
        HttpLimits usual = HttpLimits.DEFAULT;
        return new HttpLimits(
                usual.body(),
                usual.bodies(),
                usual.head(),
                connections,
                connections,
                usual.request(),
                usual.idle(),
                workers,
                waiting,
                usual.drain());
    }

    @Test
    void closingWaitsForAnswersAndEndsIdleConnections() throws Exception {
        var gate = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var endpoint = new Echo(call -> {
            begun.countDown();
            await(gate);
            return "done";
        });
        HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT);
        try (RawClient working = RawClient.to(server.address());
                RawClient idle = RawClient.to(server.address())) {
            working.send(GET);
            await(begun);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
            idle.awaitClosed();
            gate.countDown();
            RawClient.Answer answer = working.answer();
            assertThat(answer.body()).isEqualTo("done");
            working.awaitClosed();
            closed.get(20, TimeUnit.SECONDS);
            assertThatThrownBy(() -> RawClient.to(server.address())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void addressInUseIsNamed() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), HttpLimits.DEFAULT)) {
            var settings = new HttpServerSettings(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), server.address().getPort()),
                    Optional.empty(),
                    List.of());
            assertThatThrownBy(() -> HttpServer.start(settings, HttpLimits.DEFAULT, new Echo()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be listened on");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("It did not happen.");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void textOfACallShowsNoHeaderLine() throws IOException {
        var seen = new CompletableFuture<String>();
        var endpoint = new Echo(call -> {
            seen.complete(call.toString());
            return "ok";
        });
        try (HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            client.send("GET /a?token=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: secret\r\n\r\n")
                    .answer();
            assertThat(seen.join())
                    .startsWith("GET /a from ")
                    .doesNotContain("token")
                    .doesNotContain("secret");
            assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(seen.join()))
                    .isTrue();
        }
    }
}
