package io.secgroupd.rules.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** An instant as people write it: RFC 3339, with the zone, which no reader has to guess. */
public final class InstantText {

    /** What to write, for messages. */
    public static final String EXAMPLE = "2026-12-01T18:00:00Z, or 2026-12-01T19:00:00+01:00";

    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    /** What RFC 3339 can write of time: four digits of a year. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private InstantText() {}

    /** Reads an instant; empty when the text is none. {@link Instant#toString} writes what this reads. */
    public static Optional<Instant> parse(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return Optional.of(instant).filter(one -> !one.isBefore(FIRST) && !one.isAfter(LAST));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
