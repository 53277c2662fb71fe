package io.secgroupd.controlplane.fleet.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a content where the content itself says so: after bytes that have a certain rolling hash. A change in one place moves
 * all that follows, but not what the hash is taken of, so that most pieces are found again.
 */
public final class PieceCutter {

    private static final int LEAST = 1 << 10;

    /** So rarely a place is a cut, which makes a piece 4 KiB long in the mean. */
    private static final long ONE_IN = 3 << 10;

    private static final long BELOW = Long.divideUnsigned(-1L, ONE_IN);

    /** A random number for each value of a byte. Other ones would cut elsewhere, and every host would fetch everything anew. */
    private static final long[] GEAR = gear();

    private PieceCutter() {}

    /** The pieces, which make up the content one after another; none of an empty one. */
    public static List<byte[]> cut(byte[] content) {
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        while (from < content.length) {
            int to = end(content, from);
            pieces.add(Arrays.copyOfRange(content, from, to));
            from = to;
        }
        return pieces;
    }

    private static int end(byte[] content, int from) {
        int last = Math.min(content.length, from + FeedLimits.PIECE);
        long hash = 0;
        for (int i = from; i < last; i++) {
            hash = (hash << 1) + GEAR[content[i] & 0xff]; // 64 bytes on, a byte has been shifted out
            if (i + 1 - from >= LEAST && Long.compareUnsigned(hash, BELOW) < 0) {
                return i + 1;
            }
        }
        return last;
    }

    /** The first numbers of the generator SplitMix64. */
    private static long[] gear() {
        long[] numbers = new long[256];
        long state = 0;
        for (int i = 0; i < numbers.length; i++) {
            state += 0x9e3779b97f4a7c15L;
            long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            numbers[i] = mixed ^ (mixed >>> 31);
        }
        return numbers;
    }
}
