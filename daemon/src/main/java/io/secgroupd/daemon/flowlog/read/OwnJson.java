package io.secgroupd.daemon.flowlog.read;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON lines as this program writes them: known fields in a known order, without blanks or escapes. It leaves
 * everything else to {@link AnyJson}, which is ten times as slow; a log has millions of lines.
 */
final class OwnJson {

    private static final int FAILED = -1;
    private static final Field[] FIELDS = Field.values();
    private static final ShortText[] KEYS = keys();
    private static final int FIRST_OF_DECISION = Field.VERDICT.place();
    private static final int LAST_OF_DECISION = Field.LAST.place();
    private static final ShortText NULL = new ShortText("null");
    private static final int TRUE_LENGTH = "true".length();
    private static final ShortText OBSERVED = new ShortText(",\"observed\":true");
    private static final ShortText REPEAT = new ShortText(",\"repeat\":true");
    /** What stands before each value of the candidate. */
    private static final ShortText[] CANDIDATE = {
        new ShortText(",\"candidate\":{\"verdict\":"),
        new ShortText(",\"reason\":"),
        new ShortText(",\"group\":"),
        new ShortText(",\"rule\":")
    };

    private static final ShortText SKIPDATA = new ShortText(",\"skipdata\":true,\"lost\":");

    private OwnJson() {}

    private static ShortText[] keys() {
        var keys = new ShortText[FIELDS.length];
        for (Field field : FIELDS) {
            keys[field.place()] = new ShortText((field == Field.TIME ? "{" : ",") + '"' + field.inJson() + "\":");
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
        if (SKIPDATA.isAt(bytes, at, to)) {
            at = value(line, Field.LOST, bytes, at + SKIPDATA.length(), to);
        } else {
            at = fields(line, bytes, at, to, FIRST_OF_DECISION, LAST_OF_DECISION + 1);
            at = flag(line, Field.OBSERVED, OBSERVED, bytes, at, to);
            at = flag(line, Field.REPEAT, REPEAT, bytes, at, to);
            at = unit(line, bytes, at, to);
            at = candidate(bytes, at, to);
        }
        boolean ended = at != FAILED && at < to && bytes[at] == '}';
        return ended && isSound(line, bytes, at + 1) ? at + 1 : FAILED;
    }

    /** Reads a field that is present only when true, and returns the position after it. */
    private static int flag(LogLine line, Field field, ShortText text, byte[] bytes, int at, int to) {
        if (at == FAILED || !text.isAt(bytes, at, to)) {
            return at;
        }
        int end = at + text.length();
        line.set(field, end - TRUE_LENGTH, end);
        return end;
    }

    /** Reads the unit, where one is known, and returns the position after it. */
    private static int unit(LogLine line, byte[] bytes, int at, int to) {
        ShortText key = KEYS[Field.UNIT.place()];
        boolean known = at != FAILED && key.isAt(bytes, at, to);
        return known ? value(line, Field.UNIT, bytes, at + key.length(), to) : at;
    }

    /** Passes over what a candidate would have decided, which no question is about, and returns the position after it. */
    private static int candidate(byte[] bytes, int from, int to) {
        if (from == FAILED || !CANDIDATE[0].isAt(bytes, from, to)) {
            return from;
        }
        int at = from;
        for (ShortText key : CANDIDATE) {
            at = at != FAILED && key.isAt(bytes, at, to) ? afterText(bytes, at + key.length(), to) : FAILED;
        }
        at += at != FAILED && OBSERVED.isAt(bytes, at, to) ? OBSERVED.length() : 0;
        return at != FAILED && at < to && bytes[at] == '}' ? at + 1 : FAILED;
    }

    /** The position after a text or a null. */
    private static int afterText(byte[] bytes, int from, int to) {
        if (from >= to || bytes[from] != '"') {
            return NULL.isAt(bytes, from, to) ? from + NULL.length() : FAILED;
        }
        int end = endOfText(bytes, from + 1, to);
        return end == FAILED ? FAILED : end + 1;
    }

    /** The position of the quotation mark that ends a text without escapes, which must be UTF-8. */
    private static int endOfText(byte[] bytes, int from, int to) {
        boolean ascii = true;
        for (int at = from; at < to; at++) {
            byte value = bytes[at];
            if (value == '"') {
                return ascii || isUtf8(bytes, from, at) ? at : FAILED;
            }
            ascii &= value >= 0;
            if (value == '\\' || (value >= 0 && value < ' ')) {
                return FAILED;
            }
        }
        return FAILED;
    }

    private static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException damaged) {
            return false;
        }
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
            ShortText key = KEYS[i];
            at = key.isAt(bytes, at, to) ? value(line, FIELDS[i], bytes, at + key.length(), to) : FAILED;
        }
        return at;
    }

    /** The end of the value, or {@link #FAILED}. */
    private static int value(LogLine line, Field field, byte[] bytes, int from, int to) {
        if (from >= to) {
            return FAILED;
        }
        return switch (bytes[from]) {
            case '"' ->
                field.isTime() ? time(line, field, bytes, from + 1, to) : string(line, field, bytes, from + 1, to);
            case 'n' -> NULL.isAt(bytes, from, to) ? from + NULL.length() : FAILED;
            default -> number(line, field, bytes, from, to);
        };
    }

    private static int time(LogLine line, Field field, byte[] bytes, int from, int to) {
        int end = from + Timestamps.OURS;
        boolean ours = string(line, field, bytes, from, to) == end + 1 && bytes[end - 1] == 'Z';
        return ours ? end + 1 : FAILED;
    }

    private static int string(LogLine line, Field field, byte[] bytes, int from, int to) {
        int end = endOfText(bytes, from, to);
        if (end == FAILED) {
            return FAILED;
        }
        line.set(field, from, end);
        return end + 1;
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
