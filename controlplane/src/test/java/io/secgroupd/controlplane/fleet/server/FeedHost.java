package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestPiece;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wire of a host, each request by itself. */
final class FeedHost {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final HostToken token;

    FeedHost(InetSocketAddress server, HostToken token) {
        this.base = "http://127.0.0.1:" + server.getPort();
        this.token = token;
    }

    String name() {
        return token.host();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token.text());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    Pointer pointer() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = get("/v1/pointer");
        assertThat(response.statusCode()).isEqualTo(200);
        return Pointer.parse(response.body());
    }

    /** The pointer after one that it has, once there is one. */
    CompletableFuture<Pointer> pointerAfter(String tag) {
        return HTTP.sendAsync(request("/v1/pointer?after=" + tag).build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> {
                    try {
                        return Pointer.parse(response.body());
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    Manifest manifest(Pointer pointer) throws IOException, InterruptedException {
        byte[] bytes = get("/v1/pieces/" + pointer.manifest()).body();
        assertThat(Hashes.sha256(bytes)).isEqualTo(pointer.manifest());
        return Manifest.parse(bytes);
    }

    /** The content of a file of a manifest, fetched by one request. */
    byte[] content(Manifest manifest, String name) throws IOException, InterruptedException {
        String hashes = Objects.requireNonNull(manifest.files().get(name)).pieces().stream()
                .map(ManifestPiece::sha256)
                .collect(Collectors.joining("+"));
        return get("/v1/pieces/" + hashes).body();
    }

    /** Reports its addresses. */
    HttpResponse<String> addresses(String... addresses) throws IOException, InterruptedException {
        String body = Stream.of(addresses)
                .map(each -> '"' + each + '"')
                .collect(Collectors.joining(",", "{\"addresses\":[", "]}"));
        HttpRequest request = request("/v1/addresses")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Tells of a control server that is not sound; returns the status of the answer. */
    int fault(byte[] body) throws IOException, InterruptedException {
        HttpRequest request = request("/v1/fault")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    int report(Result result, Pointer pointer, String problem) throws IOException, InterruptedException {
        var report = new HostReport(
                result,
                pointer.serial(),
                pointer.edition(),
                "",
                problem,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "test");
        HttpRequest request = request("/v1/report")
                .POST(HttpRequest.BodyPublishers.ofByteArray(report.bytes()))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
