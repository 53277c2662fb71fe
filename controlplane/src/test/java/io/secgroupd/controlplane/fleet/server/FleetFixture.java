package io.secgroupd.controlplane.fleet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutJson;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpEndpoint;
import io.secgroupd.controlplane.http.HttpLimits;
import io.secgroupd.controlplane.http.HttpReply;
import io.secgroupd.controlplane.http.HttpServer;
import io.secgroupd.controlplane.http.HttpServerSettings;
import io.secgroupd.controlplane.http.Tls;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A control server of a fleet, on loopback, with its policy in files. */
final class FleetFixture implements AutoCloseable {

    static final String EMPTY = "version: 1\n";

    /** Steps that go on as soon as their hosts have the revision. */
    static final RolloutSettings QUICK =
            new RolloutSettings(RolloutSettings.parseSteps("1%,100%"), List.of(), Duration.ZERO);

    final PolicyStore store;
    final Fleet fleet;
    final FleetDesk desk;
    private final Path rules;
    private final HttpServer http;

    FleetFixture(Path directory, FleetSettings settings) throws IOException {
        this(directory, settings, Optional.empty());
    }

    FleetFixture(Path directory, Optional<Tls> tls) throws IOException {
        this(directory, new FleetSettings(Optional.empty(), QUICK, 64), tls);
    }

    private FleetFixture(Path directory, FleetSettings settings, Optional<Tls> tls) throws IOException {
        rules = directory.resolve("rules.yaml");
        if (!Files.exists(rules)) {
            Files.writeString(rules, EMPTY);
        }
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
        fleet = Fleet.start(store, settings, Clock.systemUTC());
        desk = new FleetDesk(store, Clock.systemUTC());
        http = HttpServer.start(
                new HttpServerSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, List.of()),
                HttpLimits.DEFAULT,
                endpoint(fleet.endpoint()));
    }

    FleetFixture(Path directory) throws IOException {
        this(directory, new FleetSettings(Optional.empty(), QUICK, 64));
    }

    private static HttpEndpoint endpoint(FleetEndpoint hosts) {
        return new HttpEndpoint() {
            @Override
            public Optional<CompletableFuture<HttpReply>> later(HttpCall call) {
                return Optional.of(hosts.answer(call));
            }

            @Override
            public HttpReply answer(HttpCall call) {
                throw new IllegalStateException("each request of a host is answered later");
            }

            @Override
            public HttpReply refusal(int status, String sentence) {
                return new HttpReply(status, "text/plain", sentence.getBytes(UTF_8));
            }
        };
    }

    int port() {
        return http.address().getPort();
    }

    /** A host that is enrolled, and asks here. */
    FeedHost enrol(String name) throws IOException {
        return enrol(name, List.of());
    }

    /** A host that may report the addresses of instances. */
    FeedHost enrol(String name, List<String> instances) throws IOException {
        HostToken token = desk.enrol(name, instances, "ann");
        await().until(() -> fleet.endpoint().knows(token)); // the records are watched, which takes a moment
        return with(token);
    }

    /** Another token for the same server. */
    FeedHost with(HostToken token) {
        return new FeedHost(http.address(), token);
    }

    /** A new revision. */
    Revision publish(String text) throws IOException {
        Revision base = store.current();
        var origin = new Origin("ann", "test", Clock.systemUTC().instant());
        PutResult put = store.put(base, Map.of(rules, text.getBytes(UTF_8)), origin);
        return ((PutResult.Stored) put).revision();
    }

    /** A policy that is told from others by its text alone. */
    static String policy(int number) {
        return EMPTY + "security_groups: {sg-" + number + ": {inbound: []}}\n";
    }

    /** Ends the step of the roll-out, as when its time is over. */
    void endStep() throws IOException {
        for (boolean ended = false; !ended; ) {
            StoredRecord record = store.records().get(RecordNames.ROLLOUT).orElseThrow();
            Rollout next =
                    RolloutJson.parse(record.value()).next(Clock.systemUTC().instant());
            ended = store.records().put(RecordNames.ROLLOUT, RolloutJson.text(next), record.version());
        }
    }

    Rollout awaitRollout(Predicate<Rollout> expected) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> desk.status().rollout(),
                        found -> found.filter(expected).isPresent())
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        fleet.close();
        http.close();
        store.close();
    }
}
