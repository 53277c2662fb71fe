package io.secgroupd.controlplane.fleet.feed;

import java.util.regex.Pattern;

/** The forms of texts that go over the wire. */
final class FeedText {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private FeedText() {}

    /** @throws IllegalArgumentException when a text is not a SHA-256 in hexadecimal */
    static void requireHash(String what, String text) {
        require(HASH.matcher(text).matches(), what + " is not a SHA-256 of 64 hexadecimal digits");
    }

    static void require(boolean sound, String otherwise) {
        if (!sound) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** A sentence on one line that every JSON can carry: without control characters, and not longer than is allowed. */
    static String line(String text, int longest) {
        var line = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : isHalf(c) ? '?' : c)
                .takeWhile(c -> line.length() + Character.charCount(c) <= longest)
                .forEachOrdered(line::appendCodePoint);
        return line.toString();
    }

    /** Whether a character is half of a pair whose other half is not there. */
    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
