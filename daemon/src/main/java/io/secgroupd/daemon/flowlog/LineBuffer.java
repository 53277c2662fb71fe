package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects lines for the file as bytes. A busy host writes hundreds of thousands a second, so numbers and addresses are
 * written digit by digit, without intermediate strings.
 */
final class LineBuffer {

    private static final int LONGEST_NUMBER = 20;

    private byte[] bytes;
    private int size;

    /** @param capacity the initial size in bytes; the buffer grows when necessary */
    LineBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    LineBuffer put(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
        return this;
    }

    /** Appends what another buffer has from a place on. */
    LineBuffer put(LineBuffer other, int from) {
        int more = other.size - from;
        reserve(more);
        System.arraycopy(other.bytes, from, bytes, size, more);
        size += more;
        return this;
    }

    /** Appends one ASCII character. */
    LineBuffer put(char character) {
        reserve(1);
        bytes[size++] = (byte) character;
        return this;
    }

    /** Appends a number in decimal. */
    LineBuffer put(long number) {
        if (number < 0) {
            return put(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
        }
        reserve(LONGEST_NUMBER);
        int end = size + digits(number);
        size = end;
        for (long rest = number; end == size || rest > 0; rest /= 10) {
            bytes[--end] = (byte) ('0' + rest % 10);
        }
        return this;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest > 9; rest /= 10) {
            digits++;
        }
        return digits;
    }

    LineBuffer putAddress(Family family, long high, long low) {
        if (family == Family.IPV6) {
            return put(new IpAddress(family, high, low).toString().getBytes(StandardCharsets.US_ASCII));
        }
        return put(low >> 24 & 0xff)
                .put('.')
                .put(low >> 16 & 0xff)
                .put('.')
                .put(low >> 8 & 0xff)
                .put('.')
                .put(low & 0xff);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Removes the first bytes. */
    void removeFirst(int count) {
        size -= count;
        System.arraycopy(bytes, count, bytes, 0, size);
    }

    /** The content, without a copy. It may only be read, and only until the next change. */
    ByteBuffer contents() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
