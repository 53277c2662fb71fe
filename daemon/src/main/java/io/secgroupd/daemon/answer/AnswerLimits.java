package io.secgroupd.daemon.answer;

/**
 * Allows at most 100 answers to one source and 1,000 to all in any second: each may have half of that at once, and gets the
 * other half evenly in a second. The table of sources has a fixed size. Where two sources meet in it, the later one waits until
 * the earlier one could have its whole half again. Used by one thread at a time.
 */
final class AnswerLimits {

    /** At once, and again in a second. */
    static final int HALF_OF_SOURCE = 50;

    static final int HALF_OF_ALL = 500;

    /** A power of 2; a source with one answer takes its place for 20 ms. */
    static final int SOURCES = 4096;

    private static final long SECOND = 1_000_000_000;
    private static final long SOURCE_NANOS = SECOND / HALF_OF_SOURCE;
    private static final long ALL_NANOS = SECOND / HALF_OF_ALL;

    private final long[] high = new long[SOURCES];
    private final long[] low = new long[SOURCES];
    /** When the source will have its whole half again. */
    private final long[] whole = new long[SOURCES];

    private long wholeOfAll;

    /**
     * Reports whether an answer may be sent, and counts it.
     *
     * @param now nanoseconds, from 0
     */
    boolean take(long sourceHigh, long sourceLow, long now) {
        int place = place(sourceHigh, sourceLow);
        boolean isKnown = high[place] == sourceHigh && low[place] == sourceLow;
        if (!isKnown && whole[place] > now) {
            return false;
        }
        if (!hasLeft(whole[place], SOURCE_NANOS, now) || !hasLeft(wholeOfAll, ALL_NANOS, now)) {
            return false;
        }
        high[place] = sourceHigh;
        low[place] = sourceLow;
        whole[place] = Math.max(whole[place], now) + SOURCE_NANOS;
        wholeOfAll = Math.max(wholeOfAll, now) + ALL_NANOS;
        return true;
    }

    private static boolean hasLeft(long whole, long each, long now) {
        return whole - now <= SECOND - each;
    }

    private static int place(long sourceHigh, long sourceLow) {
        long mixed = (sourceHigh * 31 + sourceLow) * 0x9e37_79b9_7f4a_7c15L; // spreads neighbours over the table
        return (int) (mixed >>> 52);
    }
}
