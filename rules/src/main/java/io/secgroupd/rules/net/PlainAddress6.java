package io.secgroupd.rules.net;

/** An IPv6 address in bytes, read as {@link ColonHex} reads it from a text, but for one that ends in a dotted quad. */
final class PlainAddress6 {

    private static final int GROUPS = 8;
    private static final int DIGITS = 4;
    private static final int GROUP_BITS = 16;
    private static final int NO_DIGIT = -1;
    private static final byte[] HEX = hex();

    /** The groups read so far, side by side in the lowest bits of the two halves. */
    private long high;

    private long low;
    private int count;
    /** The groups before {@code ::}, or -1. */
    private int gap;

    private static byte[] hex() {
        byte[] values = new byte[Byte.MAX_VALUE + 1];
        for (char character = 0; character < values.length; character++) {
            values[character] = (byte) Character.digit(character, 16); // -1 when it is no digit
        }
        return values;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** Reads the address that begins at a place; returns where it ends, or {@link PlainBlock#NOT_PLAIN}. */
    int read(byte[] text, int from, int to) {
        high = 0;
        low = 0;
        count = 0;
        gap = -1;
        boolean begun = isColon(text, from, to) && isColon(text, from + 1, to);
        int at = begun ? next(text, from, to) : group(text, from, to);
        while (at != PlainBlock.NOT_PLAIN && isColon(text, at, to)) {
            at = next(text, at, to);
        }
        boolean whole = gap < 0 ? count == GROUPS : count < GROUPS;
        if (gap >= 0 && whole) {
            openGap();
        }
        return whole ? at : PlainBlock.NOT_PLAIN;
    }

    /** Reads a colon with a group, or two with one or none, and returns where that ends. */
    private int next(byte[] text, int at, int to) {
        if (!isColon(text, at + 1, to)) {
            return group(text, at + 1, to);
        }
        if (gap >= 0 || isColon(text, at + 2, to)) {
            return PlainBlock.NOT_PLAIN;
        }
        gap = count;
        return isDigit(text, at + 2, to) ? group(text, at + 2, to) : at + 2;
    }

    private static boolean isColon(byte[] text, int at, int to) {
        return at < to && text[at] == ':';
    }

    private static boolean isDigit(byte[] text, int at, int to) {
        return at < to && digit(text[at]) != NO_DIGIT;
    }

    private static int digit(byte character) {
        return character < 0 ? NO_DIGIT : HEX[character];
    }

    /** Reads one to four digits, and returns where they end. */
    private int group(byte[] text, int from, int to) {
        int at = from;
        int bits = 0;
        while (at < to && at < from + DIGITS) {
            int digit = digit(text[at]);
            if (digit == NO_DIGIT) {
                break;
            }
            bits = bits << 4 | digit;
            at++;
        }
        if (at == from || count == GROUPS) {
            return PlainBlock.NOT_PLAIN;
        }
        high = high << GROUP_BITS | low >>> (Long.SIZE - GROUP_BITS);
        low = low << GROUP_BITS | bits;
        count++;
        return at;
    }

    /** Moves the groups before the gap to the front. */
    private void openGap() {
        int behind = GROUP_BITS * (count - gap);
        long highBehind = high & ones(behind - Long.SIZE);
        long lowBehind = low & ones(behind);
        long highBefore = high ^ highBehind;
        long lowBefore = low ^ lowBehind;
        int by = GROUP_BITS * (GROUPS - count);
        boolean within = by < Long.SIZE;
        high = highBehind
                | (within ? highBefore << by | lowBefore >>> (Long.SIZE - by) : lowBefore << (by - Long.SIZE));
        low = lowBehind | (within ? lowBefore << by : 0);
    }

    /** So many of the lowest bits of a half. */
    private static long ones(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : (1L << bits) - 1;
    }
}
