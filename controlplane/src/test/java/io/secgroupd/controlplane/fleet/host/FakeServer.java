package io.secgroupd.controlplane.fleet.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.PieceCutter;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.feed.ServerFault;
import io.secgroupd.controlplane.store.common.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A control server of one host, over HTTP on this machine. */
final class FakeServer implements AutoCloseable {

    private static final long POLL_MILLIS = 300;

    final HostToken token;
    final BlockingQueue<HostReport> reports = new LinkedBlockingQueue<>();
    final BlockingQueue<AddressReport> addresses = new LinkedBlockingQueue<>();
    /** What the host has told of servers that are not sound. */
    final BlockingQueue<ServerFault> faults = new LinkedBlockingQueue<>();
    /** What is answered to a report of addresses. */
    volatile int addressStatus = 200;
    /** The hashes of the pieces that were asked for. */
    final List<String> fetched = new CopyOnWriteArrayList<>();
    /** From which port each pointer was asked for. */
    final List<Integer> pollers = new CopyOnWriteArrayList<>();

    final Map<String, byte[]> pieces = new ConcurrentHashMap<>();
    /** How many requests came, answered or not. */
    final AtomicInteger calls = new AtomicInteger();
    /** While this is set, no request is answered. */
    volatile boolean isDeaf;

    /** With which reports are answered; they are only taken with 200. */
    volatile int reportStatus = 200;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @Nullable Pointer pointer;

    FakeServer() throws IOException {
        this(HostToken.make("web-1"));
    }

    /** One of the same fleet as another. */
    FakeServer(HostToken token) throws IOException {
        this.token = token;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Publishes files under a serial. */
    Manifest publish(long serial, Map<String, String> files) {
        return publish(serial, 0, files);
    }

    /** Publishes an edition of a revision. */
    Manifest publish(long serial, long edition, Map<String, String> files) {
        Manifest manifest = keep(serial, edition, files);
        point(new Pointer(
                serial,
                edition,
                manifest.hash(),
                Optional.empty(),
                serial + "-" + manifest.hash().substring(0, 8)));
        return manifest;
    }

    /** Keeps files, and points to nothing. */
    Manifest keep(long serial, Map<String, String> files) {
        return keep(serial, 0, files);
    }

    private Manifest keep(long serial, long edition, Map<String, String> files) {
        var contents = new java.util.TreeMap<String, byte[]>();
        files.forEach((name, text) -> contents.put(name, text.getBytes(UTF_8)));
        for (byte[] content : contents.values()) {
            PieceCutter.cut(content).forEach(piece -> pieces.put(Hashes.sha256(piece), piece));
        }
        Manifest whole = Manifest.of(serial, "0".repeat(64), contents);
        var manifest = new Manifest(serial, edition, whole.policy(), whole.files());
        pieces.put(manifest.hash(), manifest.bytes());
        return manifest;
    }

    synchronized void point(Pointer to) {
        pointer = to;
        notifyAll();
    }

    HostReport report() throws InterruptedException {
        HostReport report = reports.poll(30, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no report has come");
        }
        return report;
    }

    /** The next report of a serial; those of its first minute belong to the one before. */
    HostReport report(long serial) throws InterruptedException {
        HostReport report = report();
        while (report.serial() != serial) {
            report = report();
        }
        return report;
    }

    /** The next that the host tells of a server. */
    ServerFault fault() throws InterruptedException {
        ServerFault fault = faults.poll(30, TimeUnit.SECONDS);
        if (fault == null) {
            throw new AssertionError("no fault was told");
        }
        return fault;
    }

    private void handle(HttpExchange call) throws IOException {
        calls.incrementAndGet();
        String path = call.getRequestURI().getPath();
        String given = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
        if (isDeaf) {
            call.close();
        } else if (!given.equals("Bearer " + token.text())) {
            answer(call, 401, "{}".getBytes(UTF_8));
        } else if (path.equals("/v1/pointer")) {
            pollers.add(call.getRemoteAddress().getPort());
            pointer(call);
        } else if (path.equals("/v1/report")) {
            report(call);
        } else if (path.equals("/v1/fault")) {
            faults.add(ServerFault.parse(call.getRequestBody().readAllBytes()));
            answer(call, 200, "{}".getBytes(UTF_8));
        } else if (path.equals("/v1/addresses")) {
            addresses.add(AddressReport.parse(call.getRequestBody().readAllBytes()));
            answer(call, addressStatus, "{}".getBytes(UTF_8));
        } else {
            piece(call, path.substring(path.lastIndexOf('/') + 1));
        }
    }

    private void report(HttpExchange call) throws IOException {
        HostReport report = HostReport.parse(call.getRequestBody().readAllBytes());
        int status = reportStatus;
        if (status == 200) {
            reports.add(report);
        }
        answer(call, status, "{}".getBytes(UTF_8));
    }

    private void pointer(HttpExchange call) throws IOException {
        Pointer now = awaited(String.valueOf(call.getRequestURI().getQuery()));
        if (now == null) {
            answer(call, 404, "{\"error\":\"nothing yet\"}".getBytes(UTF_8));
        } else {
            answer(call, 200, now.bytes());
        }
    }

    private synchronized @Nullable Pointer awaited(String query) {
        long deadline = System.currentTimeMillis() + POLL_MILLIS;
        Pointer known = pointer;
        while (known != null && query.equals("after=" + known.tag()) && System.currentTimeMillis() < deadline) {
            try {
                wait(Math.max(1, deadline - System.currentTimeMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return known;
            }
            known = pointer;
        }
        return known;
    }

    private void piece(HttpExchange call, String hashes) throws IOException {
        var all = new ByteArrayOutputStream();
        for (String hash : hashes.split("\\+")) {
            fetched.add(hash);
            byte[] piece = pieces.get(hash);
            if (piece == null) {
                answer(call, 404, new byte[0]);
                return;
            }
            all.writeBytes(piece);
        }
        answer(call, 200, all.toByteArray());
    }

    private static void answer(HttpExchange call, int status, byte[] body) throws IOException {
        call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    List<Integer> pollersNow() {
        return new ArrayList<>(pollers);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
