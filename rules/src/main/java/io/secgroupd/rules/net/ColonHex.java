package io.secgroupd.rules.net;

import java.util.Arrays;
import java.util.Optional;

/**
 * IPv6 text as RFC 4291 section 2.2 has it: eight groups of one to four hex digits, {@code ::} once for one or more groups
 * of zeros, and the last two groups perhaps as a dotted quad. No zone, no other notation. The address library reads the
 * same, at ten times the cost; lists have a million lines.
 */
final class ColonHex {

    private static final int GROUPS = 8;
    private static final int DIGITS = 4;

    private final String text;
    private final char[] groups = new char[GROUPS];
    private int count;
    /** The groups before {@code ::}, or -1. */
    private int gap = -1;

    private ColonHex(String text) {
        this.text = text;
    }

    static Optional<IpAddress> parse(String text) {
        var reader = new ColonHex(text);
        return reader.read() ? Optional.of(reader.address()) : Optional.empty();
    }

    private boolean read() {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = endOfGroup(at);
            if (end < text.length() && text.charAt(end) == '.') {
                return addQuad(at) && isWhole();
            }
            if (end == at || count == GROUPS) {
                return false;
            }
            groups[count++] = (char) Integer.parseInt(text, at, end, 16);
            at = behindColons(end);
        }
        return at == text.length() && isWhole();
    }

    private int endOfGroup(int from) {
        int end = from;
        while (end < text.length() && end < from + DIGITS && isHex(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** The start of the next group; beyond the text when what follows here is not a colon, or is a colon at the end. */
    private int behindColons(int at) {
        if (at == text.length()) {
            return at;
        }
        if (text.startsWith("::", at) && gap < 0) {
            gap = count;
            return at + 2;
        }
        boolean more = text.charAt(at) == ':' && at + 1 < text.length();
        return more ? at + 1 : Integer.MAX_VALUE;
    }

    private boolean addQuad(int from) {
        Optional<IpAddress> quad = DottedQuad.parse(text.substring(from));
        if (quad.isEmpty() || count > GROUPS - 2) {
            return false;
        }
        groups[count++] = (char) (quad.get().low() >>> 16);
        groups[count++] = (char) quad.get().low();
        return true;
    }

    private boolean isWhole() {
        return gap < 0 ? count == GROUPS : count < GROUPS;
    }

    private IpAddress address() {
        if (gap >= 0) {
            int behind = count - gap;
            System.arraycopy(groups, gap, groups, GROUPS - behind, behind);
            Arrays.fill(groups, gap, GROUPS - behind, '\0');
        }
        return IpAddress.ipv6(half(0), half(GROUPS / 2));
    }

    private long half(int from) {
        long bits = 0;
        for (int i = from; i < from + GROUPS / 2; i++) {
            bits = bits << 16 | groups[i];
        }
        return bits;
    }
}
