package io.secgroupd.daemon.flowlog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as RFC 3339 in UTC with milliseconds. The part down to the second is kept, as thousands of lines share it. */
final class Rfc3339 {

    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private long keptSecond = Long.MIN_VALUE;
    private String kept = "";

    String format(long epochMillis) {
        long second = Math.floorDiv(epochMillis, 1000L);
        if (second != keptSecond) {
            kept = TO_THE_SECOND.format(Instant.ofEpochSecond(second));
            keptSecond = second;
        }
        int millis = Math.floorMod(epochMillis, 1000);
        return kept
                + '.'
                + (char) ('0' + millis / 100)
                + (char) ('0' + millis / 10 % 10)
                + (char) ('0' + millis % 10)
                + 'Z';
    }
}
