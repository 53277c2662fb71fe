package io.secgroupd.controlplane.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.AccessKeys;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.session.EntryCode;
import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpEndpoint;
import io.secgroupd.controlplane.http.HttpLimits;
import io.secgroupd.controlplane.http.HttpReply;
import io.secgroupd.controlplane.http.HttpServer;
import io.secgroupd.controlplane.http.HttpServerSettings;
import io.secgroupd.controlplane.store.PolicyStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A console on a free port of loopback that answers a few questions, and counts what would have changed something. */
final class ServedConsole implements AutoCloseable {

    static final AccessKey OPS = new AccessKey("A".repeat(20), "s".repeat(40), "ops", Right.WRITE);

    private final Console console;
    private final HttpServer http;
    private final Clock clock;
    private final Random random = new Random();
    private final AtomicInteger changes = new AtomicInteger();
    private final CompletableFuture<ApiReply> news = new CompletableFuture<>();

    private ServedConsole(PolicyStore store, Clock clock) throws IOException {
        this.clock = clock;
        console = Console.start(
                store.records(),
                () -> new AccessKeys(List.of(OPS)),
                ConsoleSettings.DEFAULT,
                new ConsoleFacts(false, "directory", "1.2.3"),
                Map.of(
                        "GET policy", call -> shown(call),
                        "GET use", call -> shown(call),
                        "POST apply", call -> changed(call),
                        "POST why", call -> shown(call),
                        "GET policy-packed",
                                call -> ApiReply.packed(json -> json.writeStringField("text", "a".repeat(9999))),
                        "GET odd",
                                call -> {
                                    throw new BadCallException("That is odd.");
                                },
                        "GET away",
                                call -> {
                                    throw new IOException("The store is away.");
                                },
                        "GET broken",
                                call -> {
                                    throw new IllegalStateException("secret of the program");
                                }),
                Map.of("GET changes", call -> news),
                clock);
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        http = HttpServer.start(
                new HttpServerSettings(anyPort, Optional.empty(), List.of()), HttpLimits.DEFAULT, endpoint(console));
    }

    static ServedConsole start(PolicyStore store, Clock clock) throws IOException {
        return new ServedConsole(store, clock);
    }

    private static HttpEndpoint endpoint(Console console) {
        return new HttpEndpoint() {
            @Override
            public Optional<CompletableFuture<HttpReply>> later(HttpCall call) {
                return console.endpoint().later(call);
            }

            @Override
            public HttpReply answer(HttpCall call) {
                return console.endpoint().answer(call);
            }

            @Override
            public HttpReply refusal(int status, String sentence) {
                return new HttpReply(status, "text/plain", sentence.getBytes(UTF_8));
            }
        };
    }

    private static ApiReply shown(ApiCall call) {
        return ApiReply.of(json -> {
            json.writeStringField("user", call.user().name());
            json.writeStringField("query", call.query().toString());
        });
    }

    private ApiReply changed(ApiCall call) {
        changes.incrementAndGet();
        return shown(call);
    }

    /** How often something was changed. */
    int changes() {
        return changes.get();
    }

    /** Answers those who wait. */
    void tellNews() {
        news.complete(ApiReply.of(json -> json.writeStringField("tag", "2")));
    }

    /** A code as the command makes it. */
    String code(Right right) {
        return EntryCode.make(OPS, right, "alice", clock.instant(), random).text();
    }

    InetSocketAddress address() {
        return http.address();
    }

    PageClient newPage() {
        return new PageClient(http.address().getPort());
    }

    @Override
    public void close() throws IOException {
        http.close();
        console.close();
    }
}
