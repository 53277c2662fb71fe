package io.secgroupd.controlplane.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.aws.api.AwsApi;
import io.secgroupd.controlplane.aws.api.AwsReply;
import io.secgroupd.controlplane.aws.api.AwsRequest;
import io.secgroupd.controlplane.aws.query.XmlAnswer;
import io.secgroupd.controlplane.aws.sigv4.HttpHeader;
import io.secgroupd.controlplane.aws.sigv4.SignedRequest;
import io.secgroupd.controlplane.console.ConsoleEndpoint;
import io.secgroupd.controlplane.console.SecurityHeaders;
import io.secgroupd.controlplane.fleet.server.FleetEndpoint;
import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpEndpoint;
import io.secgroupd.controlplane.http.HttpReply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the server answers on which path: the AWS API on {@code /}, hosts of a fleet, the console, and its own health and metrics. */
final class ControlEndpoint implements HttpEndpoint {

    private static final int BAD_REQUEST = 400;

    private final AwsApi api;
    private final ServerMetrics metrics;
    private final FleetEndpoint hosts;
    private final Health health;
    private final Optional<ConsoleEndpoint> console;

    ControlEndpoint(
            AwsApi api, FleetEndpoint hosts, Optional<ConsoleEndpoint> console, ServerMetrics metrics, Health health) {
        this.api = api;
        this.hosts = hosts;
        this.console = console;
        this.metrics = metrics;
        this.health = health;
    }

    @Override
    public Optional<CompletableFuture<HttpReply>> later(HttpCall call) {
        return call.path().startsWith(FleetEndpoint.PATH)
                ? Optional.of(hosts.answer(call))
                : ofConsole(call).flatMap(browsers -> browsers.later(call));
    }

    private Optional<ConsoleEndpoint> ofConsole(HttpCall call) {
        return console.filter(served -> ConsoleEndpoint.owns(call.path()));
    }

    @Override
    public HttpReply answer(HttpCall call) {
        return ofConsole(call).map(browsers -> browsers.answer(call)).orElseGet(() -> ofPrograms(call));
    }

    private HttpReply ofPrograms(HttpCall call) {
        return switch (call.path()) {
            case "/" -> call.method().equals("POST") ? aws(call) : refusal(405, "Only POST is answered on this path.");
            case "/healthz" -> isRead(call) ? health.reply() : refusal(405, "Only GET is answered on this path.");
            case "/metrics" ->
                isRead(call)
                        ? new HttpReply(200, metrics.contentType(), metrics.scrape())
                        : refusal(405, "Only GET is answered on this path.");
            default -> refusal(404, "There is nothing on this path.");
        };
    }

    private static boolean isRead(HttpCall call) {
        return call.method().equals("GET") || call.method().equals("HEAD");
    }

    private HttpReply aws(HttpCall call) {
        long began = System.nanoTime();
        var signed = new SignedRequest(
                call.method(),
                call.path(),
                call.query(),
                call.fields().stream()
                        .map(field -> new HttpHeader(field.name(), field.value()))
                        .toList(),
                call.body());
        AwsReply reply =
                api.answer(new AwsRequest(signed, call.client().getAddress().getHostAddress(), call.connection()));
        metrics.answered(reply.status(), Duration.ofNanos(System.nanoTime() - began));
        return reply(reply);
    }

    @Override
    public HttpReply refusal(int status, String sentence) {
        return reply(api.refusal(status, code(status), sentence));
    }

    private static String code(int status) {
        return switch (status) {
            case BAD_REQUEST -> "MalformedQueryString";
            case 403, 421 -> "AccessDenied";
            case 413 -> "RequestEntityTooLarge";
            case 503 -> "ServiceUnavailable";
            default -> status < 500 ? "InvalidAction" : "InternalFailure";
        };
    }

    private static HttpReply reply(AwsReply reply) {
        return new HttpReply(
                reply.status(),
                XmlAnswer.CONTENT_TYPE,
                reply.body(),
                SecurityHeaders.with(Map.of("x-amzn-RequestId", reply.requestId())));
    }

    /** Whether the server can do its work. */
    @FunctionalInterface
    interface Health {

        /** The fault of the policy's files, or nothing. */
        Optional<String> fault();

        /** 200 when all is well, and 503 with the fault otherwise. */
        default HttpReply reply() {
            Optional<String> fault = fault();
            byte[] text = (fault.orElse("ok") + "\n").getBytes(UTF_8);
            return new HttpReply(fault.isPresent() ? 503 : 200, "text/plain;charset=UTF-8", text);
        }
    }
}
