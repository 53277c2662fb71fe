package io.secgroupd.controlplane.console.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of the flow log as its bytes. Thousands may come in a second, so only the few fields that are asked for are looked
 * for. A quotation mark within a text is escaped, so that no text can be taken for the name of a field.
 */
final class RawFlow {

    /** A field of the flow log by its name. */
    enum LineField {
        VERDICT,
        DIRECTION,
        INSTANCE,
        PROTOCOL,
        SRC,
        DST,
        DPORT,
        ICMP_TYPE,
        PACKETS,
        /** How many lines stand for themselves in no line; only beside the next two. */
        LEFT_OUT,
        ACCEPTED,
        REFUSED;

        /** In ASCII, with the marks around it, as it stands in a line. */
        private final String key = '"' + name().toLowerCase(Locale.ROOT) + "\":";
    }

    private static final int MOST_DIGITS = 18;

    private final byte[] json;

    RawFlow(byte[] json) {
        this.json = json;
    }

    /** Whether this is an object at all, so that it can be passed on as one. */
    boolean isObject() {
        return json.length > 2 && json[0] == '{' && json[json.length - 1] == '}';
    }

    /** A text; empty when the line does not have it, or has it with escapes, which no name or address needs. */
    Optional<String> text(LineField field) {
        int at = valueOf(field);
        if (at < 0 || at >= json.length || json[at] != '"') {
            return Optional.empty();
        }
        int end = at + 1;
        while (end < json.length && json[end] != '"') {
            if (json[end] == '\\') {
                return Optional.empty();
            }
            end++;
        }
        return end == json.length
                ? Optional.empty()
                : Optional.of(new String(json, at + 1, end - at - 1, StandardCharsets.UTF_8));
    }

    /** A number; empty when the line does not have it. */
    OptionalLong number(LineField field) {
        int at = valueOf(field);
        long value = 0;
        int digits = 0;
        while (at >= 0 && at + digits < json.length && digits < MOST_DIGITS && isDigit(json[at + digits])) {
            value = value * 10 + json[at + digits] - '0';
            digits++;
        }
        return digits == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private int valueOf(LineField field) {
        String key = field.key;
        for (int i = 1; i + key.length() <= json.length; i++) {
            if (json[i] == '"' && isAt(key, i)) {
                return i + key.length();
            }
        }
        return -1;
    }

    private boolean isAt(String key, int at) {
        for (int i = 1; i < key.length(); i++) {
            if (json[at + i] != key.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The line with a number of its own in front of its fields. */
    String numbered(long number) {
        return "{\"n\":" + number + "," + new String(json, 1, json.length - 1, StandardCharsets.UTF_8);
    }
}
