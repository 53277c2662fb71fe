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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private static Path directory;

    private Tls tls;
    private SSLContext trusting;

    @BeforeAll
    void makeCertificate() throws Exception {
        Path store = directory.resolve("store.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        tls = new Tls(
                pem("CERTIFICATE", keys.getCertificate("server").getEncoded()),
                pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
        trusting = trusting(keys);
    }

    private Path pem(String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(type + ".pem"),
                "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
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
