package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Collects lines for the file as bytes. A busy host writes hundreds of thousands a second, so numbers and addresses are
 * written digit by digit, without intermediate strings.
 */
final class LineBuffer {

    private static final int LONGEST_NUMBER = 20;
    private static final int LONGEST_IPV4 = 15;

    private static final long[] POWERS_OF_TEN =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    private byte[] bytes;
    private int size;

    /** @param capacity the initial size in bytes; the buffer grows when necessary */
    LineBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    LineBuffer put(byte[] text) {
        return put(text, text.length);
    }

    /** Appends the first bytes of a text. */
    LineBuffer put(byte[] text, int length) {
        reserve(length);
        System.arraycopy(text, 0, bytes, size, length);
        size += length;
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
        int at = end;
        long rest = number;
        for (; rest > 9; rest /= 100) {
            int two = (int) (rest % 100);
            bytes[--at] = (byte) ('0' + two % 10);
            bytes[--at] = (byte) ('0' + two / 10);
        }
        if (at > size) {
            bytes[--at] = (byte) ('0' + rest);
        }
        size = end;
        return this;
    }

    /** Estimates from the number of bits, since 2^10 is about 10^3, and corrects that by the power of ten. */
    private static int digits(long number) {
        int estimate = ((Long.SIZE - Long.numberOfLeadingZeros(number | 1)) * 1233) >>> 12;
        return number < POWERS_OF_TEN[estimate] ? Math.max(estimate, 1) : estimate + 1;
    }

    LineBuffer putAddress(Family family, long high, long low) {
        if (family == Family.IPV6) {
            return put(new IpAddress(family, high, low).toString().getBytes(StandardCharsets.US_ASCII));
        }
        reserve(LONGEST_IPV4);
        int address = (int) low;
        octet(address >>> 24);
        bytes[size++] = '.';
        octet(address >>> 16 & 0xff);
        bytes[size++] = '.';
        octet(address >>> 8 & 0xff);
        bytes[size++] = '.';
        octet(address & 0xff);
        return this;
    }

    private void octet(int value) {
        if (value > 99) {
            bytes[size++] = (byte) ('0' + value / 100);
        }
        if (value > 9) {
            bytes[size++] = (byte) ('0' + value / 10 % 10);
        }
        bytes[size++] = (byte) ('0' + value % 10);
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

    /** Copies the content from a place on to the beginning of an array, which must have room for it. */
    void copyTo(byte[] array, int from) {
        System.arraycopy(bytes, from, array, 0, size - from);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
