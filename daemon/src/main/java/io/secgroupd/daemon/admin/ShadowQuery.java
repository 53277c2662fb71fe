package io.secgroupd.daemon.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.secgroupd.daemon.admin.ShadowApi.PromoteRequest;
import io.secgroupd.daemon.admin.ShadowApi.ShadowRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The queries of requests about the candidate that is judged beside the policy in force. */
final class ShadowQuery {

    static final String BEGIN_USAGE =
            "use POST /shadow/begin?for=SECONDS with the file as the body; SECONDS is 1-31536000;"
                    + " optional are name=FILE, by=PERSON";

    static final String PROMOTE_USAGE = "use POST /shadow/promote?confirm=SECONDS; SECONDS is 1-3600; optional are"
            + " if_quiet=SECONDS, accept=ID, over_edit=true, existing=keep, cut or report, by=PERSON,"
            + " caller=SOURCE,DESTINATION,PORT";

    static final String ACCEPT_USAGE = "use POST /shadow/accept?accept=ID, as often as there are differences to accept";

    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,7}");
    private static final long LONGEST = Duration.ofDays(365).toSeconds();
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");

    /** Stands for the content, which is that of the candidate. */
    private static final byte[] NO_CONTENT = {' '};

    private ShadowQuery() {}

    static Optional<ShadowRequest> begin(QueryStringDecoder query, byte[] body) {
        return body.length == 0
                ? Optional.empty()
                : seconds(query, "for")
                        .map(time -> new ShadowRequest(
                                ApplyQuery.one(query.parameters(), "name").orElse("candidate"),
                                ByteBuffer.wrap(body).asReadOnlyBuffer(),
                                time,
                                ApplyQuery.person(query)));
    }

    static Optional<PromoteRequest> promote(QueryStringDecoder query) {
        Optional<Duration> quiet = seconds(query, "if_quiet");
        Optional<Set<String>> accept = ids(query);
        boolean damaged = quiet.isEmpty() && query.parameters().containsKey("if_quiet");
        return damaged || accept.isEmpty()
                ? Optional.empty()
                : ApplyQuery.read(query, NO_CONTENT)
                        .map(trial ->
                                new PromoteRequest(trial, quiet, accept.get(), AdminRoutes.flag(query, "over_edit")));
    }

    /** The ids of differences; empty when one is none. */
    static Optional<Set<String>> ids(QueryStringDecoder query) {
        var ids = new HashSet<>(query.parameters().getOrDefault("accept", List.of()));
        return ids.stream().allMatch(id -> ID.matcher(id).matches()) ? Optional.of(ids) : Optional.empty();
    }

    private static Optional<Duration> seconds(QueryStringDecoder query, String name) {
        return ApplyQuery.one(query.parameters(), name)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(Long::parseLong)
                .filter(seconds -> seconds <= LONGEST)
                .map(Duration::ofSeconds);
    }
}
