package io.secgroupd.daemon.flowlog.view;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Counts packets by key. Keys are bytes in one array, because a flood from forged sources has a million of them, which
 * as objects would not fit into the heap.
 */
final class Tally {

    private byte[] keys = new byte[1 << 12];
    private int keysEnd;
    private int[] keyFrom = new int[64];
    private long[] accepted = new long[64];
    private long[] rejected = new long[64];
    private int size;
    /** A table with open addressing: entry number + 1, or 0 for a free place. */
    private int[] table = new int[128];

    /** A key with its packets. */
    record KeyCount(String key, long accepted, long rejected) {
        long packets() {
            return accepted + rejected;
        }
    }

    void add(byte[] bytes, int from, int to, boolean accept, long packets) {
        int entry = find(bytes, from, to);
        if (accept) {
            accepted[entry] += packets;
        } else {
            rejected[entry] += packets;
        }
    }

    private int find(byte[] bytes, int from, int to) {
        int mask = table.length - 1;
        int place = hash(bytes, from, to) & mask;
        while (table[place] != 0) {
            int entry = table[place] - 1;
            if (Arrays.equals(keys, keyFrom[entry], keyTo(entry), bytes, from, to)) {
                return entry;
            }
            place = (place + 1) & mask;
        }
        table[place] = size + 1;
        return insert(bytes, from, to);
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash * 0x9E37_79B9) >>> 7;
    }

    private int keyTo(int entry) {
        return entry + 1 < size ? keyFrom[entry + 1] : keysEnd;
    }

    private int insert(byte[] bytes, int from, int to) {
        if (size == keyFrom.length) {
            keyFrom = Arrays.copyOf(keyFrom, size * 2);
            accepted = Arrays.copyOf(accepted, size * 2);
            rejected = Arrays.copyOf(rejected, size * 2);
        }
        if (keysEnd + to - from > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(keys.length * 2, keysEnd + to - from));
        }
        System.arraycopy(bytes, from, keys, keysEnd, to - from);
        keyFrom[size] = keysEnd;
        keysEnd += to - from;
        size++;
        if (size * 2 > table.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int place = hash(keys, keyFrom[entry], keyTo(entry)) & mask;
            while (table[place] != 0) {
                place = (place + 1) & mask;
            }
            table[place] = entry + 1;
        }
    }

    int size() {
        return size;
    }

    /** The keys with the most packets, sorted by that number and then by key. */
    List<KeyCount> top(int count) {
        Comparator<KeyCount> order =
                Comparator.comparingLong(KeyCount::packets).reversed().thenComparing(KeyCount::key);
        var best = new PriorityQueue<>(order.reversed());
        for (int entry = 0; entry < size; entry++) {
            if (best.size() < count
                    || accepted[entry] + rejected[entry] >= best.peek().packets()) {
                best.add(row(entry));
            }
            if (best.size() > count) {
                best.remove();
            }
        }
        List<KeyCount> rows = new ArrayList<>(best);
        rows.sort(order);
        return rows;
    }

    private KeyCount row(int entry) {
        int from = keyFrom[entry];
        String key = new String(keys, from, keyTo(entry) - from, StandardCharsets.UTF_8);
        return new KeyCount(key, accepted[entry], rejected[entry]);
    }
}
