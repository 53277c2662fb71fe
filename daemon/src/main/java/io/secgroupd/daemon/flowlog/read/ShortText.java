package io.secgroupd.daemon.flowlog.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A text that is expected at a place in a line. Up to 16 bytes are compared as two numbers: a log of ten million lines has two
 * hundred million names of fields.
 */
final class ShortText {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORDS = 2 * Long.BYTES;

    private final byte[] text;
    private final long first;
    private final long firstMask;
    private final long second;
    private final long secondMask;

    ShortText(String text) {
        this.text = LineWords.of(text);
        byte[] padded = Arrays.copyOf(this.text, Math.max(WORDS, this.text.length));
        first = (long) WORD.get(padded, 0);
        second = (long) WORD.get(padded, Long.BYTES);
        firstMask = mask(this.text.length);
        secondMask = mask(this.text.length - Long.BYTES);
    }

    /** The bits of so many bytes. */
    private static long mask(int bytes) {
        return bytes >= Long.BYTES ? -1 : bytes <= 0 ? 0 : (1L << (bytes * Byte.SIZE)) - 1;
    }

    int length() {
        return text.length;
    }

    /** Reports whether it stands at a place before an end. */
    boolean isAt(byte[] bytes, int at, int to) {
        int end = at + text.length;
        if (text.length > WORDS || at + WORDS > bytes.length) {
            return end <= to && Arrays.equals(bytes, at, end, text, 0, text.length);
        }
        return end <= to
                && ((long) WORD.get(bytes, at) & firstMask) == first
                && ((long) WORD.get(bytes, at + Long.BYTES) & secondMask) == second;
    }
}
