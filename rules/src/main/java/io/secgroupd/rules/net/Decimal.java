package io.secgroupd.rules.net;

import java.util.OptionalInt;

/** Strict decimal numbers: no sign, no blank, no leading zero, so that {@code 022} is never read as 22 or as 18. */
public final class Decimal {

    private static final int LONGEST = 9;

    private Decimal() {}

    /** Reads a number 0–max. Empty when the text is anything else. */
    public static OptionalInt parse(String text, int max) {
        return parse(text, 0, text.length(), max);
    }

    /** Reads the number 0–max that a part of a text is, from {@code start} to before {@code end}. */
    static OptionalInt parse(String text, int start, int end, int max) {
        int length = end - start;
        if (length == 0 || length > LONGEST || (length > 1 && text.charAt(start) == '0')) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return OptionalInt.empty();
            }
            value = value * 10 + (digit - '0');
        }
        return value <= max ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
