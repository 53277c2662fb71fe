package io.secgroupd.rules.yaml;

import java.util.OptionalInt;

/** Which characters may stand in names and descriptions, and so reach logs and terminals. */
public final class Printable {

    private static final int BYTE_ORDER_MARK = 0xfeff;

    private Printable() {}

    /**
     * Reports whether a character shows, or joins what shows. Line breaks and escape codes would forge log lines, and
     * characters that turn the writing direction make a rule read as another one (Trojan Source, CVE-2021-42574).
     */
    public static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> !turnsDirection(codePoint) && codePoint != BYTE_ORDER_MARK;
        };
    }

    private static boolean turnsDirection(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x61c;
    }

    /**
     * Reports whether a terminal shows a character, and shows it as nothing else: besides all that {@link #is} refuses, what
     * has no width, and half of a pair, which may join with another half.
     */
    public static boolean shows(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> is(codePoint);
        };
    }

    /** A text from anywhere, for a terminal: {@code ?} for every character that it must not get to see. */
    public static String shown(String text) {
        return text.codePoints().allMatch(Printable::shows)
                ? text
                : text.codePoints()
                        .map(c -> shows(c) ? c : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** The first character that may not stand in {@code text}. */
    public static OptionalInt firstUnprintable(String text) {
        return text.codePoints().filter(c -> !is(c)).findFirst();
    }
}
