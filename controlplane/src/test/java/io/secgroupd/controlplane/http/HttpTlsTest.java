package io.secgroupd.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.testkit.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTlsTest {

    @TempDir
    private static Path directory;

    private Tls tls;
    private SSLContext trusting;

    @BeforeAll
    void makeCertificate() throws Exception {
        Authority authority = Authority.make(directory);
        Authority.Issued issued = authority.issue("localhost");
        tls = new Tls(issued.certificate(), issued.key());
        trusting = authority.context(Optional.empty());
    }

    private HttpServer serve(String address) throws IOException {
        var settings = new HttpServerSettings(new InetSocketAddress(address, 0), Optional.of(tls), List.of());
        return HttpServer.start(settings, HttpLimits.DEFAULT, new Echo());
    }

    private String post(HttpServer server, String version, int size) throws Exception {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting)
                .sslParameters(parameters)
                .build();
        var request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + server.address().getPort() + "/x"))
                .POST(HttpRequest.BodyPublishers.ofString("a".repeat(size)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void newVersionsAreSpoken(String version) throws Exception {
        try (HttpServer server = serve("127.0.0.1")) {
            assertThat(post(server, version, 500_000)).isEqualTo("POST /x ?  : " + "a".repeat(500_000));
        }
    }

    @Test
    void refusalIsReadableAlthoughTheBodyIsTooLarge() throws Exception {
        try (HttpServer server = serve("127.0.0.1")) {
            assertThat(post(server, "TLSv1.3", (1 << 20) + 1)).startsWith("<No>");
        }
    }

    @Test
    void anyAddressMayBeListenedOn() throws Exception {
        try (HttpServer server = serve("0.0.0.0")) {
            assertThat(post(server, "TLSv1.3", 1)).isEqualTo("POST /x ?  : a");
        }
    }

    @Test
    void requestsWithoutTlsGetNothing() throws IOException {
        try (HttpServer server = serve("127.0.0.1");
                RawClient client = RawClient.to(server.address())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").awaitClosed();
        }
    }

    @Test
    void filesThatAreNoneOfTlsAreNamed() throws IOException {
        Path key = Files.writeString(directory.resolve("other.pem"), "no key");
        for (Tls wrong : List.of(
                new Tls(tls.certificate(), key),
                new Tls(key, tls.key()),
                new Tls(tls.certificate(), directory.resolve("none.pem")))) {
            var settings = new HttpServerSettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(wrong), List.of());
            assertThatThrownBy(() -> HttpServer.start(settings, HttpLimits.DEFAULT, new Echo()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(".pem");
        }
    }
}
