package io.secgroupd.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpRefusalsTest {

    private static final String HOST = "Host: localhost\r\n";

    private HttpServer server;

    @BeforeAll
    void start() throws IOException {
        server = Echo.serve(new Echo(), HttpLimits.DEFAULT, "Control.Example.org", "192.0.2.7");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void assertRefused(int code, String request) throws IOException {
        try (RawClient client = RawClient.to(server.address())) {
            RawClient.Answer answer = client.send(request).answer();
            assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
            assertThat(answer.body()).startsWith("<No>").endsWith(".</No>");
            assertThat(answer.values("connection")).containsExactly("close");
            assertThat(answer.values("date")).hasSize(1);
            client.awaitClosed();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, localhost",
        "200, LOCALHOST.:9471",
        "200, 127.0.0.1:1",
        "200, 127.9.9.9",
        "200, [::1]:9471",
        "200, control.example.org:443",
        "200, 192.0.2.7",
        "421, 192.0.2.8",
        "421, example.org",
        "421, localhost.example.org",
        "421, 127.0.0.1.example.org",
        "421, 2130706433",
        "421, [2001:db8::1]",
        "400, [::1",
        "400, ::1",
        "400, localhost:port",
        "400, a b",
        "400, localhost/x",
        "400, user@localhost",
    })
    void onlyKnownHostsAreServed(int code, String host) throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        if (code == 200) {
            try (RawClient client = RawClient.to(server.address())) {
                assertThat(client.send(request).answer().code()).isEqualTo(200);
            }
        } else {
            assertRefused(code, request);
        }
    }

    @Test
    void hostIsNeededOnce() throws IOException {
        assertRefused(400, "GET / HTTP/1.1\r\n\r\n");
        assertRefused(400, "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n");
    }

    @Test
    void whatIsNotHttpIsRefused() throws IOException {
        assertRefused(400, "hello\r\n\r\n");
        assertRefused(400, "GET / HTTP/1.1\r\n" + HOST + "no colon\r\n\r\n");
        assertRefused(400, "GET /\u00e4 HTTP/1.1\r\n" + HOST + "\r\n");
        assertRefused(400, "GET http://localhost/ HTTP/1.1\r\n" + HOST + "\r\n");
        assertRefused(400, "CONNECT localhost:80 HTTP/1.1\r\n" + HOST + "\r\n");
        assertRefused(505, "GET / HTTP/2.0\r\n" + HOST + "\r\n");
    }

    @Test
    void lengthThatIsAmbiguousIsRefused() throws IOException {
        assertRefused(400, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        assertRefused(
                400, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertRefused(400, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        assertRefused(400, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n\r\n");
        assertRefused(400, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n");
    }

    @Test
    void headIsLimited() throws IOException {
        assertRefused(414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        assertRefused(431, "GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(17_000) + "\r\n\r\n");
        assertRefused(431, "GET / HTTP/1.1\r\n" + HOST + "X: a\r\n".repeat(5000) + "\r\n");
    }

    @Test
    void bodyIsLimitedWhateverItsForm() throws IOException {
        String much = "a".repeat((1 << 20) + 1);
        assertRefused(413, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1048577\r\n\r\n");
        assertRefused(413, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1048577\r\n\r\n" + much);
        assertRefused(
                413, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n100001\r\n" + much + "\r\n");
    }

    @Test
    void expectationIsRefusedBeforeTheBodyComes() throws IOException {
        assertRefused(417, "POST / HTTP/1.1\r\n" + HOST + "Expect: miracle\r\nContent-Length: 2\r\n\r\n");
        assertRefused(413, "POST / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
    }
}
