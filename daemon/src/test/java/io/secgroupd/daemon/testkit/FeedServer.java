package io.secgroupd.daemon.testkit;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.PieceCutter;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A control server as one host of its fleet sees it, with TLS, and nothing behind it: it gives what a test publishes. */
public final class FeedServer implements Closeable {

    private static final int PORT = 9471;
    private static final String PASSWORD = "testing";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LONG_POLL = 20_000;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String address;
    private final Path certificate;
    private final HostToken token = HostToken.make("web");
    private final Map<String, byte[]> pieces = new ConcurrentHashMap<>();
    private final List<HostReport> reports = new CopyOnWriteArrayList<>();
    private @Nullable Pointer pointer;
    /** The tag that was last given to anybody. */
    private String given = "";

    /** The tag after which the host waits for another pointer. */
    private String awaited = "";

    private boolean silent;

    private FeedServer(HttpsServer server, String address, Path certificate) {
        this.server = server;
        this.address = address;
        this.certificate = certificate;
    }

    /**
     * Starts it; the namespace closes it with itself.
     *
     * @param address   one of the namespace
     * @param directory for its certificate
     */
    public static FeedServer start(NetworkNamespace where, String address, Path directory) {
        Path certificate = directory.resolve("feed.crt");
        SSLContext tls = certified(address, certificate, directory);
        HttpsServer https = where.call(() -> HttpsServer.create(new InetSocketAddress(address, PORT), 0));
        var feed = new FeedServer(https, address, certificate);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        https.setExecutor(feed.threads);
        https.createContext("/", feed::answer);
        https.start();
        where.own(feed);
        return feed;
    }

    private static SSLContext certified(String address, Path certificate, Path directory) {
        Path key = directory.resolve("feed.key");
        Path both = directory.resolve("feed.p12");
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=feed -addext"
                + " subjectAltName=IP:" + address + " -keyout " + key + " -out " + certificate);
        openssl("pkcs12 -export -inkey " + key + " -in " + certificate + " -passout pass:" + PASSWORD + " -out "
                + both);
        try (InputStream in = Files.newInputStream(both)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            var tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void openssl(String arguments) {
        Shell.run(List.of(("openssl " + arguments).split(" ")));
    }

    /** Lines of pull.yaml that name this server, and a file with the token beside it, which is written. */
    public String settings(Path directory) throws IOException {
        Path file = directory.resolve("pull.token");
        Files.writeString(file, token.text() + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return "servers: [https://" + address + ":" + PORT + "]\nhost: web\nca: " + certificate + "\ntoken_file: "
                + file + "\n";
    }

    /** From now on the host is to have this revision. */
    public synchronized void publish(long serial, Map<String, byte[]> files) {
        var paths = new TreeMap<Path, byte[]>();
        files.forEach((name, bytes) -> paths.put(Path.of(name), bytes));
        String policy =
                PolicyReader.read(new PolicyFiles(Path.of("rules.yaml"), paths)).hash();
        Manifest manifest = Manifest.of(serial, policy, files);
        files.values().forEach(bytes -> PieceCutter.cut(bytes).forEach(piece -> pieces.put(sha256(piece), piece)));
        pieces.put(manifest.hash(), manifest.bytes());
        pointer = new Pointer(serial, 0, manifest.hash(), Optional.empty(), "tag-" + serial);
        notifyAll();
    }

    /** Whether it takes requests for a pointer that it has given once, and never answers them. */
    public synchronized void silent(boolean now) {
        silent = now;
        notifyAll();
    }

    /** Waits for a report that a host sends from now on or has sent, about this revision. */
    public HostReport awaitReport(long serial) {
        return await("a report about " + serial)
                .atMost(PATIENCE)
                .until(
                        () -> reports.stream()
                                .filter(report -> report.serial() == serial)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until the host has taken what was published last, and waits for the next. */
    public void awaitWaiting() {
        await("the host waits for another revision").atMost(PATIENCE).until(this::isAwaited);
    }

    private synchronized boolean isAwaited() {
        return pointer != null && awaited.equals(pointer.tag());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (!("Bearer " + token.text()).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, error("who are you"));
            } else if (path.equals("/v1/pointer")) {
                Optional<Pointer> now = pointer(exchange.getRequestURI().getQuery());
                send(
                        exchange,
                        now.isPresent() ? 200 : 404,
                        now.map(Pointer::bytes).orElse(error("no revision yet")));
            } else if (path.equals("/v1/report")) {
                reports.add(HostReport.parse(body));
                send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
            } else {
                Optional<byte[]> found = pieces(path.replace("/v1/pieces/", ""));
                send(exchange, found.isPresent() ? 200 : 404, found.orElse(error("no such piece")));
            }
        }
    }

    private Optional<byte[]> pieces(String hashes) {
        var all = new ByteArrayOutputStream();
        for (String hash : hashes.split("\\+", -1)) {
            byte[] piece = pieces.get(hash);
            if (piece == null) {
                return Optional.empty();
            }
            all.writeBytes(piece);
        }
        return Optional.of(all.toByteArray());
    }

    private synchronized Optional<Pointer> pointer(@Nullable String query) {
        long until = System.nanoTime() + LONG_POLL * 1_000_000;
        try {
            while (silent && pointer != null && pointer.tag().equals(given)) {
                wait();
            }
            while (pointer != null && ("after=" + pointer.tag()).equals(query) && System.nanoTime() < until) {
                awaited = pointer.tag();
                wait(LONG_POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test is over
        }
        given = pointer == null ? "" : pointer.tag();
        return Optional.ofNullable(pointer);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] error(String words) {
        return ("{\"error\":\"" + words + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
