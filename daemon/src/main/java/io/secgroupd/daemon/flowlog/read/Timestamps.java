package io.secgroupd.daemon.flowlog.read;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Parses RFC 3339 times from bytes: quickly for the form that this program writes, and correctly for all others. */
final class Timestamps {

    /** The number of characters in a time that this program writes. */
    static final int OURS = "2026-11-24T12:00:00.000Z".length();

    private static final long MILLIS_OF_DAY = 86_400_000;

    private Timestamps() {}

    /** The time in milliseconds since 1970-01-01T00:00:00Z, or {@link LogLine#UNKNOWN}. */
    static long parse(byte[] bytes, int from, int to) {
        if (to - from == OURS && bytes[to - 1] == 'Z' && bytes[from + 19] == '.') {
            long millis = ours(bytes, from);
            if (millis >= 0) {
                return millis;
            }
        }
        return any(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    private static long ours(byte[] bytes, int at) {
        int hours = two(bytes, at + 11);
        int minutes = two(bytes, at + 14);
        int seconds = two(bytes, at + 17);
        int hundredths = two(bytes, at + 20);
        int thousandth = bytes[at + 22] - '0';
        int year = two(bytes, at) * 100 + two(bytes, at + 2);
        int month = two(bytes, at + 5);
        int day = two(bytes, at + 8);
        boolean inRange = isSeparated(bytes, at)
                && within(hours, 0, 23)
                && within(minutes, 0, 59)
                && within(seconds, 0, 59)
                && within(hundredths, 0, 99)
                && within(thousandth, 0, 9)
                && within(year, 1970, 9999)
                && within(month, 1, 12)
                && within(day, 1, 31);
        if (!inRange) {
            return LogLine.UNKNOWN;
        }
        return days(year, month, day) * MILLIS_OF_DAY
                + ((hours * 60L + minutes) * 60 + seconds) * 1000
                + hundredths * 10L
                + thousandth;
    }

    private static boolean isSeparated(byte[] bytes, int at) {
        return bytes[at + 4] == '-'
                && bytes[at + 7] == '-'
                && bytes[at + 10] == 'T'
                && bytes[at + 13] == ':'
                && bytes[at + 16] == ':';
    }

    /** The number, or a value far out of any range when these are not two digits. */
    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return within(tens, 0, 9) && within(ones, 0, 9) ? tens * 10 + ones : -10_000;
    }

    private static boolean within(int value, int min, int max) {
        return min <= value && value <= max;
    }

    /** Days since 1970-01-01, counted in years that begin in March, so that the leap day comes last. */
    private static long days(int year, int month, int day) {
        int marchYear = month <= 2 ? year - 1 : year;
        int marchMonth = month <= 2 ? month + 9 : month - 3;
        int leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400;
        return 365L * marchYear + leapDays + (153L * marchMonth + 2) / 5 + day - 719_469;
    }

    private static long any(String text) {
        try {
            return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return LogLine.UNKNOWN;
        }
    }

    /** The first moment of a day in UTC, or {@link LogLine#UNKNOWN}. */
    static long day(String text) {
        try {
            return LocalDate.parse(text).toEpochDay() * MILLIS_OF_DAY;
        } catch (DateTimeException e) {
            return LogLine.UNKNOWN;
        }
    }
}
