package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.controlplane.fleet.feed.FeedLimits;
import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.ManifestPiece;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.feed.ServerFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Asks control servers. One is asked until it fails, and then the next one of the list. Which one is the first, the name of the host
 * says, so that they share the hosts of a fleet.
 */
final class FeedClient {

    private final PullSettings settings;
    private final PullTimes times;
    private final HttpClient http;
    private final AtomicInteger turns = new AtomicInteger();

    FeedClient(PullSettings settings, PullTimes times, HttpClient http) {
        this.settings = settings;
        this.times = times;
        this.http = http;
    }

    /** The server that is asked now. */
    URI server() {
        return settings.servers()
                .get(Math.floorMod(
                        settings.host().hashCode() + turns.get(),
                        settings.servers().size()));
    }

    /** From now on the next server is asked. */
    void turnToNext() {
        var unused = turns.incrementAndGet();
    }

    /** How often the next server was turned to, which is after every failure. */
    int turns() {
        return turns.get();
    }

    /**
     * Asks for the pointer of this host.
     *
     * @param after the tag of the one that is known; the answer waits for another one, but not for long
     */
    FeedCall<Pointer> pointer(Optional<String> after) throws IOException {
        String query = after.map(tag -> "?after=" + tag).orElse("");
        HttpRequest request = to("/v1/pointer" + query).GET().build();
        return new FeedCall<>(server(), send(request, FeedLimits.POINTER), times.poll(), Pointer::parse);
    }

    /** The manifest that has this hash. */
    byte[] manifest(String sha256) throws IOException {
        return bytes(sha256, FeedLimits.MANIFEST);
    }

    /** Pieces of files, one behind the other; at most {@link FeedLimits#PIECES_AT_ONCE} of them. */
    byte[] pieces(List<ManifestPiece> pieces) throws IOException {
        String hashes = pieces.stream().map(ManifestPiece::sha256).collect(Collectors.joining("+"));
        return bytes(hashes, pieces.stream().mapToInt(ManifestPiece::bytes).sum());
    }

    /** What stands under hashes with a plus between them. */
    byte[] bytes(String hashes, int most) throws IOException {
        HttpRequest request = to("/v1/pieces/" + hashes).GET().build();
        return new FeedCall<>(server(), send(request, most), times.call(), bytes -> bytes).get();
    }

    /** Tells what came of a revision. */
    void report(HostReport report) throws IOException {
        var unused = post("/v1/report", report.bytes()).get();
    }

    /** Tells what another server has done that no sound one does. */
    void fault(ServerFault fault) throws IOException {
        var unused = post("/v1/fault", fault.bytes()).get();
    }

    /** Tells which addresses this host has. */
    FeedCall<byte[]> addresses(AddressReport report) throws IOException {
        return post("/v1/addresses", report.bytes());
    }

    private FeedCall<byte[]> post(String path, byte[] body) throws IOException {
        HttpRequest request = to(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return new FeedCall<>(server(), send(request, FeedLimits.REPORT), times.call(), bytes -> bytes);
    }

    private HttpRequest.Builder to(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server() + path));
        if (settings.certificate().isEmpty()) {
            request.header("Authorization", "Bearer " + TokenFile.read(settings).text());
        }
        return request;
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request, int most) {
        return http.sendAsync(request, head -> new LimitedBody(head.statusCode() == 200 ? most : FeedLimits.REPORT));
    }
}
