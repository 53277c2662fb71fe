package io.secgroupd.rules.text;

import java.util.OptionalInt;

/**
 * The one rule for characters that may stand in names and reach logs and terminals. Line breaks and escape codes would forge
 * log lines and command a terminal; what turns the writing direction makes a rule read as another one (Trojan Source,
 * CVE-2021-42574); what has no width makes two names look alike.
 */
public final class Printable {

    private static final int TAGS_FIRST = 0xe0000;
    private static final int TAGS_LAST = 0xe0fff;
    private static final int NONCHARACTER = 0xfffe;

    private Printable() {}

    /** Reports whether a terminal shows a character, and shows it unambiguously. */
    public static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> !isInvisible(codePoint);
        };
    }

    /** Tag characters and noncharacters, the joiner of graphemes, and the fillers of Hangul, which look like a blank. */
    private static boolean isInvisible(int c) {
        return (c >= TAGS_FIRST && c <= TAGS_LAST)
                || (c & NONCHARACTER) == NONCHARACTER
                || (c >= 0xfdd0 && c <= 0xfdef)
                || c == 0x34f
                || c == 0x115f
                || c == 0x1160
                || c == 0x3164
                || c == 0xffa0;
    }

    /** A text from anywhere, made safe for a terminal: {@code ?} replaces every character that must not reach it. */
    public static String shown(String text) {
        return replaced(text, false);
    }

    /** The same for a text of several lines; line ends and tabs are kept. */
    public static String shownLines(String text) {
        return replaced(text, true);
    }

    private static String replaced(String text, boolean lines) {
        return text.codePoints().allMatch(c -> passes(c, lines))
                ? text
                : text.codePoints()
                        .map(c -> passes(c, lines) ? c : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean passes(int c, boolean lines) {
        return is(c) || (lines && (c == '\n' || c == '\t'));
    }

    /** The first character of {@code text} that is not allowed. */
    public static OptionalInt firstUnprintable(String text) {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (!is(c)) {
                return OptionalInt.of(c);
            }
        }
        return OptionalInt.empty();
    }
}
