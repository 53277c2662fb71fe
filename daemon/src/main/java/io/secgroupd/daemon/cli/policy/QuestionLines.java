package io.secgroupd.daemon.cli.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Splits a stream into lines as a {@link java.io.BufferedReader} does, at line feeds, carriage returns or both, and leaves them bytes. */
final class QuestionLines {

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int filled;
    private int from;
    private int to;
    /** The bytes between the end of the line and the next one: 1, or 0 when the stream has ended. */
    private int behind;

    private boolean afterReturn;

    QuestionLines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line. Returns false when there is none. */
    boolean next() throws IOException {
        to += behind;
        from = to;
        if (afterReturn && isThere() && buffer[to] == '\n') {
            to++;
            from++;
        }
        while (isThere()) {
            byte character = buffer[to];
            if (character == '\n' || character == '\r') {
                behind = 1;
                afterReturn = character == '\r';
                return true;
            }
            to++;
        }
        behind = 0;
        afterReturn = false;
        return to > from;
    }

    /** Reports whether there is one more byte, after reading on if need be. */
    private boolean isThere() throws IOException {
        return to < filled || readOn();
    }

    private boolean readOn() throws IOException {
        filled -= from;
        to -= from;
        System.arraycopy(buffer, from, buffer, 0, filled);
        from = 0;
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int got = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, got);
        return got > 0;
    }

    /** The bytes that have the line, until the next is asked for. */
    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The line as a text. */
    String text() {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }
}
