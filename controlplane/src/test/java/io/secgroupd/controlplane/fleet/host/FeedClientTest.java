package io.secgroupd.controlplane.fleet.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedClientTest {

    private static final char[] PASSWORD = "secret".toCharArray();
    private static final Pointer POINTER = new Pointer(1, 0, "a".repeat(64), Optional.empty(), "t");

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final HostToken token = HostToken.make("web-1");
    private Path tokenFile;
    private Optional<HttpServer> server = Optional.empty();

    /** Answers a request. */
    private interface Handler {
        void handle(HttpExchange call) throws IOException, InterruptedException;
    }

    @BeforeEach
    void setUp() throws IOException {
        tokenFile = Files.writeString(directory.resolve("token"), token.text() + "\n");
        Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void tearDown() {
        end.countDown();
        server.ifPresent(each -> each.stop(0));
        threads.shutdownNow();
    }

    private URI serve(HttpServer made, Handler handler) {
        server = Optional.of(made);
        made.setExecutor(threads);
        made.createContext("/", call -> {
            try (call) {
                handler.handle(call);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        made.start();
        String scheme = made instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + made.getAddress().getPort());
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private FeedClient client(URI address, Optional<Path> ca) throws IOException {
        var settings = new PullSettings(
                List.of(address),
                "web-1",
                tokenFile,
                Optional.empty(),
                List.of(),
                ca,
                tokenFile,
                directory.resolve("s"),
                false);
        Duration second = Duration.ofSeconds(2);
        var times = new PullTimes(second, second, second, second, second, second, second, second, second, second);
        return new FeedClient(settings, times, new HttpClients(ca, Optional.empty()).fresh());
    }

    private FeedClient client(Handler handler) throws IOException {
        return client(serve(HttpServer.create(free(), 0), handler), Optional.empty());
    }

    private static void answer(HttpExchange call, int status, byte[] body) throws IOException {
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
    }

    @Test
    void theTokenAndTheTagAreSent() throws IOException {
        FeedClient client = client(call -> {
            boolean sound = call.getRequestURI().toString().equals("/v1/pointer?after=x-1")
                    && ("Bearer " + token.text())
                            .equals(call.getRequestHeaders().getFirst("Authorization"));
            answer(call, sound ? 200 : 400, POINTER.bytes());
        });
        assertThat(client.pointer(Optional.of("x-1")).get()).isEqualTo(POINTER);
    }

    @Test
    void aServerThatIsBusySaysForHowLong() throws IOException {
        FeedClient client = client(call -> {
            call.getResponseHeaders().set("Retry-After", "7");
            answer(call, 503, "{\"error\":\"busy\"}".getBytes(UTF_8));
        });
        FeedFailedException failure =
                catchThrowableOfType(FeedFailedException.class, () -> client.bytes("a".repeat(64), 10));
        assertThat(failure.after()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failure).hasMessageContaining("answers with status 503: {\"error\":\"busy\"}");
    }

    @Test
    void aTokenThatIsNotAcceptedIsToldSo() throws IOException {
        FeedClient client = client(call -> answer(call, 401, "{}".getBytes(UTF_8)));
        assertThatThrownBy(() -> client.pointer(Optional.empty()).get())
                .hasMessageContaining("does not accept the token of this host");
    }

    @Test
    void anAnswerThatIsTooLongIsNotTaken() throws IOException {
        FeedClient client = client(call -> answer(call, 200, new byte[11]));
        assertThatThrownBy(() -> client.bytes("a".repeat(64), 10))
                .hasMessageContaining("The answer is longer than 10 bytes.");
        assertThat(client.bytes("a".repeat(64), 11)).hasSize(11);
    }

    @Test
    void aServerThatStopsInTheMiddleIsGivenUp() throws IOException {
        FeedClient client = client(call -> {
            call.sendResponseHeaders(200, 100);
            call.getResponseBody().write(1);
            call.getResponseBody().flush();
            boolean unused = end.await(60, TimeUnit.SECONDS);
        });
        assertThatThrownBy(() -> client.bytes("a".repeat(64), 100)).hasMessageContaining("does not answer");
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        FeedClient client = client(call -> {
            call.getResponseHeaders().set("Location", "/v1/elsewhere");
            answer(call, call.getRequestURI().getPath().equals("/v1/elsewhere") ? 200 : 302, new byte[1]);
        });
        assertThatThrownBy(() -> client.bytes("a".repeat(64), 10)).hasMessageContaining("status 302");
    }

    @Test
    void aTokenThatOthersCanReadIsNotSent() throws IOException {
        FeedClient client = client(call -> answer(call, 200, POINTER.bytes()));
        Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> client.pointer(Optional.empty())).hasMessageContaining("the mode is 0644");
        Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(tokenFile, HostToken.make("web-2").text());
        assertThatThrownBy(() -> client.pointer(Optional.empty()))
                .hasMessageContaining("holds no token of the host web-1");
    }

    @Test
    void onlyAServerOfTheNamedAuthorityIsTrusted() throws Exception {
        KeyStore keys = certificate();
        HttpsServer https = HttpsServer.create(free(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
        URI address = serve(https, call -> answer(call, 200, POINTER.bytes()));
        Path ca = Files.writeString(directory.resolve("ca.pem"), pem(keys));
        assertThat(client(address, Optional.of(ca)).pointer(Optional.empty()).get())
                .isEqualTo(POINTER);
        assertThatThrownBy(() -> client(address, Optional.empty())
                        .pointer(Optional.empty())
                        .get())
                .hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> client(address, Optional.of(tokenFile))).isInstanceOf(IOException.class);
    }

    private static SSLContext tls(KeyStore keys) throws Exception {
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(KeyStore keys) throws Exception {
        byte[] bytes = keys.getCertificate("server").getEncoded();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    private KeyStore certificate() throws Exception {
        Path store = directory.resolve("store.p12");
        String command = "-genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 30"
                + " -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass " + new String(PASSWORD) + " -keystore " + store;
        var words = new java.util.ArrayList<>(List.of(command.split(" ")));
        words.add(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }
}
