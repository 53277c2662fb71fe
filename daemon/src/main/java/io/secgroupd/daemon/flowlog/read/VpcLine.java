package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.rules.net.Protocol;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the default line of AWS VPC flow logs, version 2, with or without our three fields behind it. */
final class VpcLine {

    private static final int AWS_FIELDS = 14;
    private static final int LOG_STATUS = 13;
    /** By place; null where nothing of ours corresponds. */
    private static final @Nullable Field[] FIELDS = {
        null,
        Field.HOST,
        Field.INSTANCE,
        Field.SRC,
        Field.DST,
        Field.SPORT,
        Field.DPORT,
        Field.PROTOCOL,
        Field.PACKETS,
        Field.BYTES,
        Field.FIRST,
        Field.LAST,
        Field.VERDICT,
        null,
        Field.GROUP,
        Field.RULE,
        Field.REASON
    };

    private VpcLine() {}

    /** False when it is no such line. */
    static boolean parse(LogLine line, byte[] bytes, int from, int to) {
        if (to - from < 2 || bytes[from] != '2' || bytes[from + 1] != ' ') {
            return false;
        }
        int field = 0;
        int begin = from;
        boolean skipData = false;
        for (int at = from; at <= to; at++) {
            if (at < to && bytes[at] != ' ') {
                continue;
            }
            if (field == FIELDS.length) {
                return false;
            }
            skipData |= field == LOG_STATUS && Arrays.equals(bytes, begin, at, Word.SKIPDATA, 0, Word.SKIPDATA.length);
            set(line, FIELDS[field], bytes, begin, at);
            begin = at + 1;
            field++;
        }
        return (field == AWS_FIELDS || field == FIELDS.length) && finish(line, skipData);
    }

    private static void set(LogLine line, @Nullable Field field, byte[] bytes, int from, int to) {
        boolean none = to - from == 1 && bytes[from] == '-';
        if (field != null && !none) {
            line.set(field, from, to);
        }
    }

    private static boolean finish(LogLine line, boolean skipData) {
        long end = line.number(Field.LAST);
        line.setTimeMillis(end == LogLine.UNKNOWN ? LogLine.UNKNOWN : end * 1000);
        if (skipData && line.has(Field.PACKETS)) {
            line.set(Field.LOST, line.from(Field.PACKETS), line.to(Field.PACKETS));
        }
        int protocol = line.protocol();
        if (protocol < 0 || !new Protocol(protocol).hasPorts()) {
            line.clear(Field.SPORT);
            line.clear(Field.DPORT);
        }
        return line.isSound();
    }
}
