package io.secgroupd.daemon.flowlog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as RFC 3339 in UTC with milliseconds. The last one is kept, as many lines share it, and most its second. */
final class Rfc3339 {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** Of the milliseconds' three digits, from the end. */
    private static final int MILLIS_FROM_END = 4;

    private long keptMillis = Long.MIN_VALUE;
    private byte[] kept = {};

    /** The text of a time in milliseconds since 1970-01-01T00:00:00Z. It is good until the next call. */
    byte[] format(long epochMillis) {
        if (Math.floorDiv(epochMillis, 1000L) != Math.floorDiv(keptMillis, 1000L)) {
            kept = FORMAT.format(Instant.ofEpochMilli(epochMillis)).getBytes(StandardCharsets.US_ASCII);
        } else if (epochMillis != keptMillis) {
            putMillis(Math.floorMod(epochMillis, 1000));
        }
        keptMillis = epochMillis;
        return kept;
    }

    private void putMillis(int millis) {
        int at = kept.length - MILLIS_FROM_END;
        kept[at] = (byte) ('0' + millis / 100);
        kept[at + 1] = (byte) ('0' + millis / 10 % 10);
        kept[at + 2] = (byte) ('0' + millis % 10);
    }
}
