package io.secgroupd.controlplane.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Requests that wait for an event take a connection each, and no thread. */
class HttpLaterTest {

    private static final String WAIT = "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String GET = "GET /now HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<CompletableFuture<HttpReply>> waiting = new CopyOnWriteArrayList<>();

    private final HttpEndpoint endpoint = new HttpEndpoint() {

        @Override
        public Optional<CompletableFuture<HttpReply>> later(HttpCall call) {
            if (!call.path().equals("/wait")) {
                return Optional.empty();
            }
            var reply = new CompletableFuture<HttpReply>();
            waiting.add(reply);
            return Optional.of(reply);
        }

        @Override
        public HttpReply answer(HttpCall call) {
            return reply("now");
        }

        @Override
        public HttpReply refusal(int status, String sentence) {
            return new HttpReply(status, "text/plain", sentence.getBytes(UTF_8));
        }
    };

    private static HttpReply reply(String text) {
        return new HttpReply(200, "text/plain", text.getBytes(UTF_8));
    }

    private void awaitWaiting(int number) {
        await().until(() -> waiting.size() == number);
    }

    @Test
    void hundredRequestsWaitWhileAnotherIsAnswered() throws IOException {
        var clients = new ArrayList<RawClient>();
        try (HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT)) {
            for (int i = 0; i < 100; i++) {
                clients.add(RawClient.to(server.address()).send(WAIT));
            }
            awaitWaiting(100);
            try (RawClient other = RawClient.to(server.address())) {
                assertThat(other.send(GET).answer().body()).isEqualTo("now");
            }
            waiting.forEach(reply -> reply.complete(reply("event")));
            for (RawClient client : clients) {
                assertThat(client.answer().body()).isEqualTo("event");
                client.close();
            }
        }
    }

    @Test
    void whatIsAskedMeanwhileIsAnsweredAfterIt() throws IOException {
        try (HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            client.send(WAIT).send(GET).send(WAIT);
            awaitWaiting(1);
            waiting.get(0).complete(reply("first"));
            assertThat(client.answer().body()).isEqualTo("first");
            assertThat(client.answer().body()).isEqualTo("now");
            awaitWaiting(2);
            waiting.get(1).complete(reply("third"));
            assertThat(client.answer().body()).isEqualTo("third");
        }
    }

    @Test
    void whoGoesAwayIsNotWaitedForAnyLonger() throws IOException {
        try (HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT)) {
            try (RawClient client = RawClient.to(server.address())) {
                client.send(WAIT);
                awaitWaiting(1);
            }
            await().until(() -> waiting.get(0).isCancelled());
        }
    }

    @Test
    void faultIsAnAnswer() throws IOException {
        try (HttpServer server = Echo.serve(endpoint, HttpLimits.DEFAULT);
                RawClient client = RawClient.to(server.address())) {
            client.send(WAIT);
            awaitWaiting(1);
            waiting.get(0).completeExceptionally(new IllegalStateException("for the test"));
            assertThat(client.answer().code()).isEqualTo(500);
        }
    }

    @Test
    void bodiesThatHaveNoRoomTogetherAreRefused() throws IOException {
        HttpLimits usual = HttpLimits.DEFAULT;
        var tight = new HttpLimits(
                usual.body(),
                100,
                usual.head(),
                4,
                4,
                usual.request(),
                usual.idle(),
                usual.workers(),
                usual.waiting(),
                usual.drain());
        try (HttpServer server = Echo.serve(endpoint, tight);
                RawClient first = RawClient.to(server.address());
                RawClient second = RawClient.to(server.address())) {
            first.send(post(80));
            awaitWaiting(1);
            assertThat(second.send(post(80)).answer().code()).isEqualTo(503);
            waiting.get(0).complete(reply("done"));
            assertThat(first.answer().body()).isEqualTo("done");
            first.send(post(80));
            awaitWaiting(2);
            waiting.get(1).complete(reply("again"));
            assertThat(first.answer().body()).isEqualTo("again");
        }
    }

    private static String post(int bytes) {
        return "POST /wait HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes);
    }
}
