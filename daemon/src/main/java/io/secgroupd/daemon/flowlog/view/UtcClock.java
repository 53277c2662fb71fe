package io.secgroupd.daemon.flowlog.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times in UTC, as in the log. The last minute is kept, since thousands of lines share it. */
final class UtcClock {

    private static final long MINUTE = 60_000;
    private static final DateTimeFormatter TO_THE_MINUTE =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter IN_FULL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private long keptMinute = -1;
    private String kept = "";

    /** The time from month to second: 14 characters. */
    void append(long millis, StringBuilder out) {
        long minute = millis / MINUTE;
        if (minute != keptMinute) {
            keptMinute = minute;
            kept = TO_THE_MINUTE.format(Instant.ofEpochMilli(millis));
        }
        int second = (int) (millis / 1000 % 60);
        out.append(kept).append((char) ('0' + second / 10)).append((char) ('0' + second % 10));
    }

    /** The time from year to second. */
    static String inFull(long millis) {
        return IN_FULL.format(Instant.ofEpochMilli(millis));
    }
}
