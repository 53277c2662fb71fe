package io.secgroupd.daemon.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The parameters of {@code GET /log}. */
final class LogQuery {

    static final String PATH = "/log";
    static final String USAGE = "use GET /log?since=SECONDS, which is 1-604800: so much of the flow log is answered";

    private static final Duration LONGEST = Duration.ofDays(7);

    private LogQuery() {}

    static boolean isLog(HttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && new QueryStringDecoder(request.uri()).path().equals(PATH);
    }

    /** How far back the answer goes; empty when the question does not say so. */
    static Optional<Duration> since(HttpRequest request) {
        List<String> given = new QueryStringDecoder(request.uri()).parameters().getOrDefault("since", List.of());
        if (given.size() != 1 || !given.get(0).matches("[0-9]{1,6}")) {
            return Optional.empty();
        }
        Duration since = Duration.ofSeconds(Long.parseLong(given.get(0)));
        return since.isZero() || since.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(since);
    }
}
