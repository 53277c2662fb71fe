package io.secgroupd.daemon.flowlog.read;

import java.util.Arrays;

/**
 * Reads JSON lines as this program writes them: known fields in a known order, without blanks or escapes. It leaves
 * everything else to {@link AnyJson}, which is ten times as slow; a log has millions of lines.
 */
final class OwnJson {

    private static final int FAILED = -1;
    private static final Field[] FIELDS = Field.values();
    private static final byte[][] KEYS = keys();
    private static final int FIRST_OF_DECISION = Field.VERDICT.place();
    private static final int LAST_OF_DECISION = Field.LAST.place();
    private static final byte[] NULL = LineWords.of("null");
    private static final byte[] TRUE = LineWords.of("true");
    private static final byte[] OBSERVED = LineWords.of(",\"observed\":true");
    private static final byte[] REPEAT = LineWords.of(",\"repeat\":true");
    private static final byte[] SKIPDATA = LineWords.of(",\"skipdata\":true,\"lost\":");

    private OwnJson() {}

    private static byte[][] keys() {
        var keys = new byte[FIELDS.length][];
        for (Field field : FIELDS) {
            keys[field.place()] = LineWords.of((field == Field.TIME ? "{" : ",") + '"' + field.inJson() + "\":");
        }
        return keys;
    }

    /** The end of the line, or -1 when it is not in this program's form; the values set are then meaningless. */
    static int parse(LogLine line, byte[] bytes, int from, int to) {
        line.begin(bytes, from, to);
        int at = fields(line, bytes, from, to, 0, FIRST_OF_DECISION);
        if (at == FAILED) {
            return FAILED;
        }
        if (startsWith(bytes, at, to, SKIPDATA)) {
            at = value(line, Field.LOST, bytes, at + SKIPDATA.length, to);
        } else {
            at = fields(line, bytes, at, to, FIRST_OF_DECISION, LAST_OF_DECISION + 1);
            at = flag(line, Field.OBSERVED, OBSERVED, bytes, at, to);
            at = flag(line, Field.REPEAT, REPEAT, bytes, at, to);
        }
        boolean ended = at != FAILED && at < to && bytes[at] == '}';
        return ended && isSound(line, bytes, at + 1) ? at + 1 : FAILED;
    }

    /** Reads a field that is present only when true, and returns the position after it. */
    private static int flag(LogLine line, Field field, byte[] text, byte[] bytes, int at, int to) {
        if (at == FAILED || !startsWith(bytes, at, to, text)) {
            return at;
        }
        int end = at + text.length;
        line.set(field, end - TRUE.length, end);
        return end;
    }

    private static boolean isSound(LogLine line, byte[] bytes, int end) {
        line.endAt(end);
        if (line.has(Field.TIME)) {
            line.setTimeMillis(Timestamps.parse(bytes, line.from(Field.TIME), line.to(Field.TIME)));
        }
        return line.isSound();
    }

    private static int fields(LogLine line, byte[] bytes, int from, int to, int first, int end) {
        int at = from;
        for (int i = first; i < end && at != FAILED; i++) {
            byte[] key = KEYS[i];
            at = startsWith(bytes, at, to, key) ? value(line, FIELDS[i], bytes, at + key.length, to) : FAILED;
        }
        return at;
    }

    private static boolean startsWith(byte[] bytes, int at, int to, byte[] prefix) {
        int end = at + prefix.length;
        return end <= to && Arrays.equals(bytes, at, end, prefix, 0, prefix.length);
    }

    /** The end of the value, or {@link #FAILED}. */
    private static int value(LogLine line, Field field, byte[] bytes, int from, int to) {
        if (from >= to) {
            return FAILED;
        }
        return switch (bytes[from]) {
            case '"' ->
                field.isTime() ? time(line, field, bytes, from + 1, to) : string(line, field, bytes, from + 1, to);
            case 'n' -> startsWith(bytes, from, to, NULL) ? from + NULL.length : FAILED;
            default -> number(line, field, bytes, from, to);
        };
    }

    private static int time(LogLine line, Field field, byte[] bytes, int from, int to) {
        int end = from + Timestamps.OURS;
        boolean ours = string(line, field, bytes, from, to) == end + 1 && bytes[end - 1] == 'Z';
        return ours ? end + 1 : FAILED;
    }

    private static int string(LogLine line, Field field, byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte value = bytes[at];
            if (value == '"') {
                line.set(field, from, at);
                return at + 1;
            }
            if (value == '\\' || (value >= 0 && value < ' ')) {
                return FAILED;
            }
        }
        return FAILED;
    }

    private static int number(LogLine line, Field field, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        line.set(field, from, at);
        boolean leadingZero = bytes[from] == '0' && at > from + 1; // JSON does not allow leading zeros
        return at > from && !leadingZero ? at : FAILED;
    }
}
