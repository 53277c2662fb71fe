package io.secgroupd.daemon.flowlog.read;

import java.util.Arrays;

/** Different decisions by what makes them so, each with how often and when it was made. */
final class DistinctTable {

    private static final int PACKETS = 0;
    private static final int FIRST = 1;
    private static final int LAST = 2;
    private static final int NUMBERS = 3;

    private final ByteKeys keys;
    /** Of each key its packets and the times of the first and the last, side by side, as they are used together. */
    private long[] seen = new long[64 * NUMBERS];

    private long left;

    /** @param most how many different ones there is room for */
    DistinctTable(int most) {
        this.keys = new ByteKeys(most);
    }

    /** Counts decisions; where there is no room for another key, as left out. */
    void add(byte[] bytes, int from, int to, long packets, long first, long last) {
        int entry = keys.find(bytes, from, to);
        if (entry == ByteKeys.NONE) {
            left += packets;
            return;
        }
        int at = entry * NUMBERS;
        if (at == seen.length) {
            seen = Arrays.copyOf(seen, at * 2);
        }
        seen[at + FIRST] = seen[at + PACKETS] == 0 ? first : Math.min(seen[at + FIRST], first);
        seen[at + LAST] = Math.max(seen[at + LAST], last);
        seen[at + PACKETS] += packets;
    }

    int size() {
        return keys.size();
    }

    /** The packets that had no room. */
    long left() {
        return left;
    }

    byte[] bytes() {
        return keys.bytes();
    }

    int from(int entry) {
        return keys.from(entry);
    }

    int to(int entry) {
        return keys.to(entry);
    }

    long packets(int entry) {
        return seen[entry * NUMBERS + PACKETS];
    }

    long first(int entry) {
        return seen[entry * NUMBERS + FIRST];
    }

    long last(int entry) {
        return seen[entry * NUMBERS + LAST];
    }
}
