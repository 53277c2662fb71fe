package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.ByteKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts packets by key. */
final class Tally {

    private final ByteKeys keys = new ByteKeys(Integer.MAX_VALUE);
    private long[] accepted = new long[64];
    private long[] rejected = new long[64];
    /** A key with its packets. */
    record KeyCount(String key, long accepted, long rejected) {
        long packets() {
            return accepted + rejected;
        }
    }

    void add(byte[] bytes, int from, int to, boolean accept, long packets) {
        int entry = keys.find(bytes, from, to);
        if (entry == accepted.length) {
            accepted = Arrays.copyOf(accepted, entry * 2);
            rejected = Arrays.copyOf(rejected, entry * 2);
        }
        if (accept) {
            accepted[entry] += packets;
        } else {
            rejected[entry] += packets;
        }
    }

    int size() {
        return keys.size();
    }

    /** The keys with the most packets, sorted by that number and then by key. */
    List<KeyCount> top(int count) {
        Comparator<KeyCount> order =
                Comparator.comparingLong(KeyCount::packets).reversed().thenComparing(KeyCount::key);
        var best = new PriorityQueue<>(order.reversed());
        for (int entry = 0; entry < keys.size(); entry++) {
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
        int from = keys.from(entry);
        String key = new String(keys.bytes(), from, keys.to(entry) - from, StandardCharsets.UTF_8);
        return new KeyCount(key, accepted[entry], rejected[entry]);
    }
}
