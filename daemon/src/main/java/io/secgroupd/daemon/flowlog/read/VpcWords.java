package io.secgroupd.daemon.flowlog.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The words of a line as offsets in its bytes, separated by blanks, tabs and the rest of a Windows line end. */
final class VpcWords {

    /** This exceeds the fields of AWS together with the words that may precede them. */
    private static final int MOST = 96;

    private final int[] from = new int[MOST];
    private final int[] to = new int[MOST];
    private byte[] bytes = {};
    private int count;

    /** Returns false when there are no words, or too many. */
    boolean split(byte[] line, int begin, int end) {
        bytes = line;
        count = 0;
        int at = begin;
        while (at < end) {
            if (isBlank(line[at])) {
                at++;
                continue;
            }
            if (count == MOST) {
                return false;
            }
            from[count] = at;
            while (at < end && !isBlank(line[at])) {
                at++;
            }
            to[count++] = at;
        }
        return count > 0;
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t' || value == '\r';
    }

    int count() {
        return count;
    }

    int from(int word) {
        return from[word];
    }

    int to(int word) {
        return to[word];
    }

    boolean is(int word, byte[] text) {
        return Arrays.equals(bytes, from[word], to[word], text, 0, text.length);
    }

    /** The time of a word in milliseconds since 1970-01-01T00:00:00Z, or {@link LogLine#UNKNOWN}. */
    long time(int word) {
        return Timestamps.parse(bytes, from[word], to[word]);
    }

    /** Reports whether a word is a time, a day, or a number of milliseconds. */
    boolean isTime(int word) {
        return time(word) != LogLine.UNKNOWN
                || Timestamps.day(text(word)) != LogLine.UNKNOWN
                || Digits.parse(bytes, from[word], to[word]) != LogLine.UNKNOWN;
    }

    private String text(int word) {
        return new String(bytes, from[word], to[word] - from[word], StandardCharsets.UTF_8);
    }

    List<String> texts() {
        return IntStream.range(0, count).mapToObj(this::text).toList();
    }
}
