package io.secgroupd.daemon.flowlog.read;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as an operator writes it: an age such as {@code 1h}, an RFC 3339 time, or a day in UTC. */
public final class TimeText {

    private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhdw])");
    private static final Map<String, Long> MILLIS =
            Map.of("s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 604_800_000L);

    private TimeText() {}

    /** The time in milliseconds since 1970-01-01T00:00:00Z; empty when the text is not a time. */
    public static OptionalLong parse(String text, long nowMillis) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            Long unit = MILLIS.get(ago.group(2));
            return OptionalLong.of(nowMillis - Long.parseLong(ago.group(1)) * (unit == null ? 0 : unit));
        }
        byte[] bytes = LineWords.of(text);
        long time = Timestamps.parse(bytes, 0, bytes.length);
        long day = Timestamps.day(text);
        long found = time != LogLine.UNKNOWN ? time : day;
        return found == LogLine.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(found);
    }
}
