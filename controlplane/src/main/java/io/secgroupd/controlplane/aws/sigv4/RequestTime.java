package io.secgroupd.controlplane.aws.sigv4;

import io.secgroupd.controlplane.aws.AwsRefusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;

/**
 * When a request says it was made.
 *
 * @param header the lower-case name of the header that says so, which therefore must be signed
 */
record RequestTime(String header, Instant instant) {

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** The time of {@code X-Amz-Date}, or of {@code Date} when there is none. */
    static RequestTime of(SignedRequest request) {
        String header = request.values("x-amz-date").isEmpty() ? "date" : "x-amz-date";
        List<String> values = request.values(header);
        if (values.size() != 1) {
            throw malformed("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }
        String text = values.get(0).strip();
        boolean basic = header.equals("x-amz-date") || text.endsWith("Z");
        try {
            return new RequestTime(
                    header,
                    basic
                            ? BASIC.parse(text, LocalDateTime::from).toInstant(ZoneOffset.UTC)
                            : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            throw malformed("Date must be in ISO-8601 'basic format'.");
        }
    }

    /** A time in the form in which it is signed, such as {@code 20261128T054002Z}. */
    static String basic(Instant instant) {
        return BASIC.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static AwsRefusal malformed(String message) {
        return new AwsRefusal(SignatureRefusals.malformed(message));
    }
}
