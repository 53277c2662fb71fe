package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A key that is built for each line, in a buffer that is reused. */
final class KeyBytes {

    private byte[] bytes = new byte[256];
    private int length;

    void clear() {
        length = 0;
    }

    KeyBytes add(LogLine line, Field field) {
        return line.has(field) ? add(line.values(), line.from(field), line.to(field)) : add("-");
    }

    /** Appends a text. This is fast for short ASCII texts; others work too, but more slowly. */
    KeyBytes add(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return add(encoded, 0, encoded.length);
    }

    private KeyBytes add(byte[] source, int from, int to) {
        int end = length + to - from;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, end * 2);
        }
        System.arraycopy(source, from, bytes, length, to - from);
        length = end;
        return this;
    }

    void countIn(Tally tally, boolean accepted, long packets) {
        tally.add(bytes, 0, length, accepted, packets);
    }
}
