package io.secgroupd.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPatienceTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofHours(1);

    private static HttpLimits limits(Duration request, Duration idle) {
        HttpLimits usual = HttpLimits.DEFAULT;
        return new HttpLimits(usual.body(), usual.bodies(), usual.head(), 4, 4, request, idle, 1, 1, usual.drain());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HT",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc"
            })
    void clientThatDoesNotFinishItsRequestIsCutOff(String begin) throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), limits(SHORT, LONG));
                RawClient client = RawClient.to(server.address())) {
            client.send(begin).awaitClosed();
        }
    }

    @Test
    void nextRequestIsAwaitedAsLongAsItHasNotBegun() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), limits(SHORT, LONG));
                RawClient client = RawClient.to(server.address())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer()
                            .code())
                    .isEqualTo(200);
            client.send("G").awaitClosed();
        }
    }

    @Test
    void idleConnectionIsClosed() throws IOException {
        try (HttpServer server = Echo.serve(new Echo(), limits(LONG, SHORT));
                RawClient client = RawClient.to(server.address())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer()
                            .code())
                    .isEqualTo(200);
            client.awaitClosed();
        }
    }

    @Test
    void clientThatDoesNotTakeItsAnswerIsCutOff() throws Exception {
        var asked = new CountDownLatch(1);
        var endpoint = new Echo(call -> {
            asked.countDown();
            return "x".repeat(64 << 20);
        });
        try (HttpServer server = Echo.serve(endpoint, limits(SHORT, LONG));
                RawClient client = RawClient.to(server.address())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            asked.await();
            await().until(() -> server.connections() == 0);
        }
    }
}
