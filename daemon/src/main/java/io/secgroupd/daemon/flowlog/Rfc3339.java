package io.secgroupd.daemon.flowlog;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** Times as RFC 3339 in UTC with milliseconds. The text is kept, since a line has the same
 * time up to three times, and most lines share their day. */
final class Rfc3339 {

    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final String TIME = "T00:00:00.000Z";

    private long keptMillis = Long.MIN_VALUE;
    private long keptDay = Long.MIN_VALUE;
    private byte[] text = {};

    /** The text of a time in milliseconds since 1970-01-01T00:00:00Z. It is valid until the next call. */
    byte[] format(long epochMillis) {
        if (epochMillis == keptMillis) {
            return text;
        }
        keptMillis = epochMillis;
        long day = Math.floorDiv(epochMillis, DAY_MILLIS);
        if (day != keptDay) {
            text = (LocalDate.ofEpochDay(day) + TIME).getBytes(StandardCharsets.US_ASCII);
            keptDay = day;
        }
        int millis = Math.floorMod(epochMillis, (int) DAY_MILLIS);
        int at = text.length - TIME.length();
        putTwo(at + 1, millis / 3_600_000);
        putTwo(at + 4, millis / 60_000 % 60);
        putTwo(at + 7, millis / 1_000 % 60);
        text[at + 10] = (byte) ('0' + millis / 100 % 10);
        putTwo(at + 11, millis % 100);
        return text;
    }

    private void putTwo(int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }
}
