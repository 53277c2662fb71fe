package io.secgroupd.daemon.admin;

import static java.util.Map.entry;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Routes requests to their answers. For use only by the thread that answers. */
final class AdminRoutes {

    /** What a client may do. */
    enum Access {
        METRICS,
        READ,
        /**
         * Of a control server: it may ask about a change before it writes it, have the files read afterwards, and look at
         * what its console shows.
         */
        CONTROL,
        /** Of {@code secgroupd pull}: it tries a revision of its control server, and confirms it or goes back. */
        PULL,
        CHANGE
    }

    static final String GUARD = "/guard";
    static final String TRY = "/try";

    private static final Set<String> FOR_CONTROL =
            Set.of(GUARD, "/reload", "/status", "/rules", "/flows", LogQuery.PATH);
    private static final Set<String> FOR_PULL =
            Set.of("/status", TRY, "/candidate", "/confirm", "/rollback", "/reload");

    private static final Map<String, HttpMethod> OF_THE_DAEMON = Map.ofEntries(
            entry("/status", HttpMethod.GET),
            entry("/rules", HttpMethod.GET),
            entry("/metrics", HttpMethod.GET),
            entry("/flows", HttpMethod.GET),
            entry(LogQuery.PATH, HttpMethod.GET),
            entry("/reload", HttpMethod.POST),
            entry(GUARD, HttpMethod.POST),
            entry(TRY, HttpMethod.POST),
            entry("/apply", HttpMethod.POST),
            entry("/candidate", HttpMethod.POST),
            entry("/confirm", HttpMethod.POST),
            entry("/rollback", HttpMethod.POST));

    static final Map<String, HttpMethod> PATHS = both(OF_THE_DAEMON, ShadowRoutes.PATHS);

    private final AdminApi api;
    private @Nullable DaemonMetrics metrics;

    AdminRoutes(AdminApi api) {
        this.api = api;
    }

    private static Map<String, HttpMethod> both(Map<String, HttpMethod> some, Map<String, HttpMethod> others) {
        var all = new HashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }

    static boolean isFollow(HttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.uri().startsWith("/flows")
                && flag(new QueryStringDecoder(request.uri()), "follow");
    }

    /** Reports whether a client that follows the flow log is content with a part of it. */
    static boolean isBrief(HttpRequest request) {
        return flag(new QueryStringDecoder(request.uri()), "brief");
    }

    /** The refusal of a request that is invalid or that this client may not make; null when it may go on. */
    static @Nullable Answer refusal(HttpRequest request, Access access) {
        if (request.decoderResult().isFailure()) {
            return Answer.error(
                    HttpResponseStatus.BAD_REQUEST, "this is not an HTTP/1.1 request, or its head is too long");
        }
        Optional<String> decoded = path(request.uri());
        if (decoded.isEmpty()) {
            return Answer.error(HttpResponseStatus.BAD_REQUEST, "the path or the query is not a valid URI");
        }
        String path = decoded.get();
        HttpMethod method = PATHS.get(path);
        if (method == null || (access == Access.METRICS && !path.equals("/metrics"))) {
            return Answer.error(
                    HttpResponseStatus.NOT_FOUND,
                    access == Access.METRICS ? "only /metrics is served here" : "no such path; try GET /status");
        }
        if (!method.equals(request.method()) && !isHead(method, request)) {
            return Answer.wrongMethod(path, method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name());
        }
        return mayAsk(path, method, access) ? null : Answer.error(HttpResponseStatus.FORBIDDEN, right(access));
    }

    private static String right(Access access) {
        return switch (access) {
            case CONTROL ->
                "a control server may only use POST /guard and /reload, and GET /status, /rules, /flows and /log";
            case PULL ->
                "secgroupd pull may only use GET /status, and POST /try, /candidate, /confirm, /rollback and /reload";
            default -> "only root may make changes; the group may read";
        };
    }

    private static boolean mayAsk(String path, HttpMethod method, Access access) {
        return switch (access) {
            case CHANGE -> true;
            case CONTROL -> FOR_CONTROL.contains(path);
            case PULL -> FOR_PULL.contains(path);
            default -> !method.equals(HttpMethod.POST);
        };
    }

    /** The codec omits the body of an answer to HEAD. */
    private static boolean isHead(HttpMethod method, HttpRequest request) {
        return method.equals(HttpMethod.GET) && request.method().equals(HttpMethod.HEAD);
    }

    private static Optional<String> path(String uri) {
        try {
            var decoder = new QueryStringDecoder(uri);
            decoder.parameters();
            return Optional.of(decoder.path());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Reports whether the answer takes so long that other clients would notice. */
    static boolean isSlow(HttpRequest request) {
        return request.method().equals(HttpMethod.POST);
    }

    /**
     * Answers a request that is not refused.
     *
     * @param body   the body of the request
     * @param access of the one who asks
     */
    Answer answer(HttpRequest request, byte[] body, Access access) {
        var query = new QueryStringDecoder(request.uri());
        boolean text = wantsText(request);
        return access == Access.PULL ? pull(text, query, body) : answer(text, query, body);
    }

    /** {@code secgroupd pull} has a say in its own trials only. */
    private Answer pull(boolean text, QueryStringDecoder query, byte[] body) {
        FleetApi fleet = api.fleet();
        String hash = ApplyQuery.hash(query).orElse("");
        return switch (query.path()) {
            case "/candidate" -> outcome(text, fleet.hold(hash));
            case "/confirm" -> outcome(text, fleet.confirm(hash));
            case "/rollback" -> outcome(text, fleet.rollBack(hash));
            default -> answer(text, query, body);
        };
    }

    private Answer answer(boolean text, QueryStringDecoder query, byte[] body) {
        if (ShadowRoutes.PATHS.containsKey(query.path())) {
            return ShadowRoutes.answer(api, text, query, body);
        }
        return switch (query.path()) {
            case "/status" -> status(text, flag(query, "rules"));
            case "/rules" -> rules(text, flag(query, "used"));
            case "/metrics" -> metrics();
            case "/reload" -> outcome(text, api.reload());
            case GUARD -> guard(body);
            case TRY -> tryOut(text, query, body);
            case "/apply" -> apply(text, query, body);
            case "/candidate" -> candidate(text, api.hold(ApplyQuery.hash(query), ApplyQuery.person(query)));
            case "/confirm" -> outcome(text, api.confirm(ApplyQuery.hash(query).orElse("")));
            case "/rollback" -> outcome(text, api.rollback());
            default ->
                Answer.error(
                        HttpResponseStatus.BAD_REQUEST,
                        "write /flows?follow=true; GET /log?since=SECONDS has past flows");
        };
    }

    /** Always JSON: programs ask this. */
    private Answer guard(byte[] body) {
        Optional<GuardRequest> request = GuardJson.read(body);
        if (request.isEmpty()) {
            return Answer.error(
                    HttpResponseStatus.BAD_REQUEST,
                    "use POST /guard with {\"rules\":…,\"before\":…,\"after\":…,\"files\":{PATH: BASE64}}");
        }
        return api.objection(request.get())
                .map(why -> Answer.error(HttpResponseStatus.UNPROCESSABLE_ENTITY, why))
                .orElseGet(() -> Answer.json(HttpResponseStatus.OK, nothing -> {}));
    }

    private Answer tryOut(boolean text, QueryStringDecoder query, byte[] body) {
        Optional<GuardRequest> request = GuardJson.read(body);
        Optional<Duration> time = ApplyQuery.time(query);
        if (request.isEmpty() || time.isEmpty()) {
            return Answer.error(
                    HttpResponseStatus.BAD_REQUEST,
                    "use POST /try?confirm=SECONDS with the body of POST /guard, and in it all files of the policy;"
                            + " SECONDS is 1-3600");
        }
        return outcome(text, api.fleet().tryOut(request.get(), time.get()));
    }

    private Answer apply(boolean text, QueryStringDecoder query, byte[] body) {
        return ApplyQuery.read(query, body)
                .map(request -> outcome(text, api.apply(request)))
                .orElseGet(() -> Answer.error(HttpResponseStatus.BAD_REQUEST, ApplyQuery.USAGE));
    }

    private Answer status(boolean text, boolean withRules) {
        DaemonStatus status = api.status();
        List<RuleUse> rules = withRules ? api.rules() : List.of();
        if (text) {
            return Answer.text(
                    HttpResponseStatus.OK,
                    StatusText.of(status) + (withRules ? "\n" + RulesText.of(rules, status.at()) : ""));
        }
        return Answer.json(HttpResponseStatus.OK, json -> {
            StatusJson.write(status, json);
            if (withRules) {
                StatusJson.write(rules, json);
            }
        });
    }

    private Answer rules(boolean text, boolean usedAlone) {
        List<RuleUse> rules = api.rules().stream()
                .filter(rule -> !usedAlone || rule.hits() > 0)
                .toList();
        if (text) {
            return Answer.text(
                    HttpResponseStatus.OK, RulesText.of(rules, api.status().at()));
        }
        return Answer.json(HttpResponseStatus.OK, json -> StatusJson.write(rules, json));
    }

    /** Loading Prometheus' classes takes a tenth of a second, so they are loaded on first use and not at start-up. */
    private Answer metrics() {
        DaemonMetrics loaded = metrics;
        if (loaded == null) {
            loaded = new DaemonMetrics(api);
            metrics = loaded;
        }
        return new Answer(HttpResponseStatus.OK, loaded.contentType(), loaded.scrape());
    }

    /** Always JSON when it is there: its content is one of several things to know. */
    private static Answer candidate(boolean text, HoldOutcome held) {
        return held.held()
                .map(candidate -> Answer.json(HttpResponseStatus.OK, json -> StatusJson.write(candidate, json)))
                .orElseGet(() -> outcome(text, held.outcome()));
    }

    static Answer outcome(boolean text, ReloadOutcome outcome) {
        HttpResponseStatus status = outcome.inForce() ? HttpResponseStatus.OK : HttpResponseStatus.UNPROCESSABLE_ENTITY;
        if (text) {
            return Answer.text(status, StatusText.of(outcome));
        }
        return Answer.json(status, json -> StatusJson.write(outcome, json));
    }

    private static boolean wantsText(HttpRequest request) {
        return request.headers().get(HttpHeaderNames.ACCEPT, "").startsWith("text/plain");
    }

    static boolean flag(QueryStringDecoder query, String name) {
        return query.parameters().getOrDefault(name, List.of()).contains("true");
    }
}
