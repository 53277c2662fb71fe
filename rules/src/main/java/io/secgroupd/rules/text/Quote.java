package io.secgroupd.rules.text;

/** Shows foreign text inside a message: in quotes, on one line, and truncated. */
public final class Quote {

    private static final int LONGEST = 128;

    private Quote() {}

    public static String of(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).forEach(c -> append(quoted, c));
        boolean cut = text.codePointCount(0, Math.min(text.length(), 2 * LONGEST + 2)) > LONGEST;
        return quoted.append(cut ? "…\"" : "\"").toString();
    }

    /** A key as a step of a path: without quotes where possible. */
    public static String step(String key) {
        boolean plain =
                key.length() <= LONGEST && Printable.firstUnprintable(key).isEmpty();
        return plain ? key : of(key);
    }

    private static void append(StringBuilder quoted, int character) {
        if (Printable.is(character)) {
            quoted.appendCodePoint(character);
        } else {
            quoted.append(String.format("\\u%04X", character));
        }
    }
}
