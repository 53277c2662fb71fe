package io.secgroupd.daemon.admin;

import static java.util.Map.entry;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.secgroupd.daemon.admin.ShadowApi.ShadowOutcome;
import io.secgroupd.daemon.shadow.ShadowReport;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Routes requests about the candidate that is judged beside the policy in force. */
final class ShadowRoutes {

    static final String REPORT = "/shadow";
    static final String BEGIN = "/shadow/begin";

    private static final String ACCEPT = "/shadow/accept";
    private static final String PROMOTE = "/shadow/promote";
    private static final String DROP = "/shadow/drop";

    static final Map<String, HttpMethod> PATHS = Map.ofEntries(
            entry(REPORT, HttpMethod.GET),
            entry(BEGIN, HttpMethod.POST),
            entry(ACCEPT, HttpMethod.POST),
            entry(PROMOTE, HttpMethod.POST),
            entry(DROP, HttpMethod.POST));

    private ShadowRoutes() {}

    /** Answers a request to one of these paths. */
    static Answer answer(AdminApi api, boolean text, QueryStringDecoder query, byte[] body) {
        ShadowApi shadow = api.shadow();
        return switch (query.path()) {
            case REPORT -> report(text, shadow.report());
            case BEGIN ->
                ShadowQuery.begin(query, body)
                        .map(request -> outcome(text, shadow.begin(request)))
                        .orElseGet(() -> misuse(ShadowQuery.BEGIN_USAGE));
            case ACCEPT ->
                ShadowQuery.ids(query)
                        .filter(ids -> !ids.isEmpty())
                        .map(ids -> outcome(text, shadow.accept(ids)))
                        .orElseGet(() -> misuse(ShadowQuery.ACCEPT_USAGE));
            case PROMOTE ->
                ShadowQuery.promote(query)
                        .map(request -> AdminRoutes.outcome(text, shadow.promote(request)))
                        .orElseGet(() -> misuse(ShadowQuery.PROMOTE_USAGE));
            default -> outcome(text, shadow.drop());
        };
    }

    private static Answer misuse(String usage) {
        return Answer.error(HttpResponseStatus.BAD_REQUEST, usage);
    }

    private static Answer report(boolean text, Optional<ShadowReport> report) {
        return text
                ? Answer.text(HttpResponseStatus.OK, ShadowText.of(report, Instant.now()))
                : Answer.json(HttpResponseStatus.OK, json -> ShadowJson.write(report, json));
    }

    private static Answer outcome(boolean text, ShadowOutcome outcome) {
        HttpResponseStatus status = outcome.done() ? HttpResponseStatus.OK : HttpResponseStatus.UNPROCESSABLE_ENTITY;
        return text
                ? Answer.text(status, StatusText.lines(outcome.problems(), outcome.sentence()))
                : Answer.json(status, json -> ShadowJson.write(outcome, json));
    }
}
