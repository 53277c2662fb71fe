package io.secgroupd.daemon.flowlog.read;

/** Parses whole numbers from bytes. */
final class Digits {

    private static final int MOST = 18;

    private Digits() {}

    /** The number, or {@link LogLine#UNKNOWN} when these bytes are not 1 to 18 digits. */
    static long parse(byte[] bytes, int from, int to) {
        if (from >= to || to - from > MOST) {
            return LogLine.UNKNOWN;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return LogLine.UNKNOWN;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
