package io.secgroupd.daemon.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The query of a request to apply a candidate. */
final class ApplyQuery {

    static final String USAGE =
            "use POST /apply?confirm=SECONDS with the file as the body; SECONDS is 1-3600; optional are"
                    + " existing=keep, cut or report, name=FILE, by=PERSON, caller=SOURCE,DESTINATION,PORT";

    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|3600");
    private static final Pattern EXISTING = Pattern.compile("keep|cut|report");

    private static final Pattern PERSON = Pattern.compile("[\\w.$@:% -]{1,128}");

    private ApplyQuery() {}

    static Optional<ApplyRequest> read(QueryStringDecoder query, byte[] body) {
        Map<String, List<String>> all = query.parameters();
        Optional<Duration> time = time(query);
        Optional<String> existing = one(all, "existing");
        if (body.length == 0
                || time.isEmpty()
                || !EXISTING.matcher(existing.orElse("keep")).matches()) {
            return Optional.empty();
        }
        return Optional.of(new ApplyRequest(
                one(all, "name").orElse("candidate"),
                ByteBuffer.wrap(body).asReadOnlyBuffer(),
                time.get(),
                existing,
                person(query),
                one(all, "caller")));
    }

    /** The time after which a trial ends unless it is confirmed. */
    static Optional<Duration> time(QueryStringDecoder query) {
        return one(query.parameters(), "confirm")
                .filter(seconds -> SECONDS.matcher(seconds).matches())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** The name that the requester gives, if it is safe to show to others. */
    static Optional<String> person(QueryStringDecoder query) {
        return one(query.parameters(), "by").filter(by -> PERSON.matcher(by).matches());
    }

    /** The candidate that is meant. */
    static Optional<String> hash(QueryStringDecoder query) {
        return one(query.parameters(), "hash");
    }

    /** The first value of a name. */
    static Optional<String> one(Map<String, List<String>> all, String name) {
        return all.getOrDefault(name, List.of()).stream().findFirst();
    }
}
