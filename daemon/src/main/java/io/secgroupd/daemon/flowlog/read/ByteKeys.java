package io.secgroupd.daemon.flowlog.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A set of keys, numbered from 0 as they come. Keys are bytes in one array, because a flood from forged sources has a million
 * of them, which as objects would not fit into the heap.
 */
public final class ByteKeys {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /** Stands for a key that does not fit in any more. */
    public static final int NONE = -1;

    private final int most;
    private byte[] keys = new byte[1 << 12];
    private int keysEnd;
    private int[] keyFrom = new int[64];
    private int size;

    /** A table with open addressing: entry number + 1, or 0 for a free place. */
    private int[] table = new int[128];

    /** @param most how many keys there may be */
    public ByteKeys(int most) {
        this.most = most;
    }

    /**
     * The number of a key, which is added when it is new: then its number is the size before. {@link #NONE} when it is new and
     * there are as many as may be.
     */
    public int find(byte[] bytes, int from, int to) {
        int mask = table.length - 1;
        int place = hash(bytes, from, to) & mask;
        while (table[place] != 0) {
            int entry = table[place] - 1;
            if (Arrays.equals(keys, keyFrom[entry], to(entry), bytes, from, to)) {
                return entry;
            }
            place = (place + 1) & mask;
        }
        if (size == most) {
            return NONE;
        }
        table[place] = size + 1;
        return insert(bytes, from, to);
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) WORD.get(bytes, at)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * MIX;
        }
        return (int) (hash >>> 32);
    }

    private int insert(byte[] bytes, int from, int to) {
        if (size == keyFrom.length) {
            keyFrom = Arrays.copyOf(keyFrom, size * 2);
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
            int place = hash(keys, keyFrom[entry], to(entry)) & mask;
            while (table[place] != 0) {
                place = (place + 1) & mask;
            }
            table[place] = entry + 1;
        }
    }

    public int size() {
        return size;
    }

    /** The bytes in which the keys stand. They are another array when a key has been added. */
    public byte[] bytes() {
        return keys;
    }

    /** Where a key begins. */
    public int from(int entry) {
        return keyFrom[entry];
    }

    /** Where a key ends. */
    public int to(int entry) {
        return entry + 1 < size ? keyFrom[entry + 1] : keysEnd;
    }
}
