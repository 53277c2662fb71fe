package io.secgroupd.rules.yaml;

/** Foreign text inside a message: in quotes, on one line, and never longer than a line. */
public final class Quote {

    private static final int LONGEST = 64;

    private Quote() {}

    public static String of(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).forEach(c -> append(quoted, c));
        boolean cut = text.codePointCount(0, Math.min(text.length(), 2 * LONGEST + 2)) > LONGEST;
        return quoted.append(cut ? "…\"" : "\"").toString();
    }

    private static void append(StringBuilder quoted, int character) {
        if (Printable.is(character)) {
            quoted.appendCodePoint(character);
        } else {
            quoted.append(String.format("\\u%04X", character));
        }
    }
}
