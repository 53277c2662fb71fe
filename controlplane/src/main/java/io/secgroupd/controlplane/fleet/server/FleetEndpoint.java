package io.secgroupd.controlplane.fleet.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.controlplane.fleet.feed.FeedLimits;
import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.feed.ServerFault;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.HostStateJson;
import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the hosts of a fleet, each known by its token. It is called by the thread that serves all connections, and looks up
 * what is in memory.
 */
public final class FleetEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(FleetEndpoint.class);

    /** Before the path of whatever hosts ask. */
    public static final String PATH = "/v1/";

    private static final String POINTER = PATH + "pointer";
    private static final String PIECES = PATH + "pieces/";
    private static final String REPORT = PATH + "report";
    private static final String ADDRESSES = PATH + "addresses";

    private static final String FAULT = PATH + "fault";
    private static final String NOTHING = "There is nothing for hosts on this path.";

    private static final Pattern AFTER = Pattern.compile("after=([A-Za-z0-9.-]{1,100})");
    private static final Pattern HASHES = Pattern.compile("[0-9a-f]{64}(?:\\+[0-9a-f]{64})*");
    private static final String BEARER = "Bearer ";

    private final FleetView view;
    private final SeenHosts seen;
    private final PointerWaits waits;
    private final ServedRevisions served;
    private final RecordWriter writer;
    private final Addresses addresses;
    private final Faults faults;
    private final Clock clock;

    FleetEndpoint(
            FleetView view,
            SeenHosts seen,
            PointerWaits waits,
            ServedRevisions served,
            RecordWriter writer,
            Addresses addresses,
            Faults faults,
            Clock clock) {
        this.view = view;
        this.seen = seen;
        this.waits = waits;
        this.served = served;
        this.writer = writer;
        this.addresses = addresses;
        this.faults = faults;
        this.clock = clock;
    }

    /** The answer to a host, now or later. */
    public CompletableFuture<HttpReply> answer(HttpCall call) {
        Optional<EnrolledHost> host = host(call);
        if (host.isEmpty()) {
            LOG.debug("feed.unknown {}", call);
            return now(refusal(401, "This is not the token of a host of this fleet."));
        }
        String name = host.get().host();
        if (call.method().equals("GET") && call.path().equals(POINTER)) {
            return pointer(name, call.query());
        }
        seen.asks(name, clock.instant());
        if (call.method().equals("GET") && call.path().startsWith(PIECES)) {
            return now(pieces(call.path().substring(PIECES.length())));
        }
        return call.method().equals("POST") ? told(host.get(), call) : now(refusal(404, NOTHING));
    }

    private CompletableFuture<HttpReply> told(EnrolledHost host, HttpCall call) {
        return switch (call.path()) {
            case REPORT -> report(host.host(), call.body());
            case ADDRESSES -> addresses(host, call.body());
            case FAULT -> fault(host.host(), call.body());
            default -> now(refusal(404, NOTHING));
        };
    }

    /** Whether a host with this token is answered. */
    boolean knows(HostToken token) {
        return view.hostBy(token).isPresent();
    }

    /** By its token, or by a certificate with its name. */
    private Optional<EnrolledHost> host(HttpCall call) {
        List<String> authorization = call.values("Authorization");
        if (authorization.isEmpty()) {
            return call.certified().stream()
                    .flatMap(name -> view.host(name).stream())
                    .findFirst();
        }
        return authorization.stream()
                .findFirst()
                .filter(value -> value.startsWith(BEARER))
                .flatMap(value -> HostToken.parse(value.substring(BEARER.length())))
                .flatMap(view::hostBy);
    }

    private static CompletableFuture<HttpReply> now(HttpReply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    private CompletableFuture<HttpReply> pointer(String host, String query) {
        Matcher after = AFTER.matcher(query);
        if (!after.matches()) {
            seen.asks(host, clock.instant());
            return now(pointer(waits.now(host)));
        }
        seen.waits(host, clock.instant());
        CompletableFuture<Optional<Pointer>> answer = waits.await(host, after.group(1));
        CompletableFuture<HttpReply> reply = answer.thenApply(FleetEndpoint::pointer);
        var unused = reply.whenComplete((done, fault) -> {
            answer.cancel(false); // when the host has gone
            seen.waitsNoMore(host, clock.instant());
        });
        return reply;
    }

    private static HttpReply pointer(Optional<Pointer> pointer) {
        return pointer.map(known -> json(known.bytes()))
                .orElseGet(() -> refusal(404, "There is no revision for this host yet."));
    }

    private HttpReply pieces(String hashes) {
        if (!HASHES.matcher(hashes).matches()) {
            return refusal(400, "Pieces are asked for by their SHA-256 in hexadecimal, with a plus between them.");
        }
        String[] each = hashes.split("\\+");
        if (each.length > FeedLimits.PIECES_AT_ONCE) {
            return refusal(400, "At most " + FeedLimits.PIECES_AT_ONCE + " pieces are handed out at once.");
        }
        var all = new ByteArrayOutputStream();
        for (String hash : each) {
            Optional<byte[]> piece = served.piece(hash);
            if (piece.isEmpty()) {
                return refusal(404, "A piece is not of a revision that hosts are to have.");
            }
            all.writeBytes(piece.get());
        }
        return new HttpReply(200, "application/octet-stream", all.toByteArray());
    }

    /** It is answered when it is stored: what a host has reported, every control server knows. */
    private CompletableFuture<HttpReply> report(String host, byte[] body) {
        HostReport report;
        try {
            report = HostReport.parse(body);
        } catch (IOException e) {
            return now(refusal(400, String.valueOf(e.getMessage())));
        }
        HostState state = HostStates.after(view.reported(host), report, clock.instant());
        LOG.debug("feed.report host={} {} revision={}", host, report.result(), report.serial());
        return writer.put(RecordNames.REPORTS + host, HostStateJson.text(state))
                .thenApply(written -> json("{}".getBytes(UTF_8)))
                .exceptionally(fault -> refusal(503, "The report cannot be stored now."));
    }

    private CompletableFuture<HttpReply> addresses(EnrolledHost host, byte[] body) {
        AddressReport report;
        try {
            report = AddressReport.parse(body);
        } catch (IOException e) {
            return now(refusal(400, String.valueOf(e.getMessage())));
        }
        return addresses
                .take(host, report)
                .thenApply(refused ->
                        refused.isEmpty() ? json("{}".getBytes(UTF_8)) : refusal(409, String.join(" ", refused)))
                .exceptionally(fault -> refusal(503, "The addresses cannot be stored now."));
    }

    private CompletableFuture<HttpReply> fault(String host, byte[] body) {
        ServerFault fault;
        try {
            fault = ServerFault.parse(body);
        } catch (IOException e) {
            return now(refusal(400, String.valueOf(e.getMessage())));
        }
        return faults.take(host, fault)
                .thenApply(written -> json("{}".getBytes(UTF_8)))
                .exceptionally(none -> refusal(503, "The fault cannot be stored now."));
    }

    private static HttpReply json(byte[] body) {
        return new HttpReply(200, "application/json", body);
    }

    private static HttpReply refusal(int status, String sentence) {
        var body = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("error", sentence);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        Map<String, String> more = status == 503 ? Map.of("Retry-After", "2") : Map.of();
        return new HttpReply(status, "application/json", body.toByteArray(), more);
    }
}
