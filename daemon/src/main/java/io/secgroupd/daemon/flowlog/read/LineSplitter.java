package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream into lines, in a buffer that is refilled. */
final class LineSplitter {

    /** This program's lines are far shorter; a file with a longer line is not a log. */
    private static final int LONGEST = 1 << 20;

    private InputStream in;
    private byte[] buffer = new byte[256 * 1024];
    private int lineFrom;
    private int lineTo;
    private int next;
    private int filled;
    private long number;

    LineSplitter(InputStream in) {
        this.in = in;
    }

    /**
     * Goes to the next line and reads it if it is this program's JSON and in the buffer. That avoids the search for its
     * end, which takes as long as parsing it. Returns false when {@link #next} must be called instead.
     */
    boolean nextOwn(LogLine line) {
        int end = next < filled && buffer[next] == '{' ? OwnJson.parse(line, buffer, next, filled) : -1;
        if (end < 0 || end >= filled || buffer[end] != '\n') {
            return false;
        }
        lineFrom = next;
        lineTo = end;
        next = end + 1;
        number++;
        return true;
    }

    /** Goes to the next whole line. Returns false when none is left; half a line may remain. */
    boolean next() throws IOException {
        int scanned = next;
        while (true) {
            int end = lineEnd(scanned);
            if (end >= 0) {
                lineFrom = next;
                lineTo = end;
                next = end + 1;
                number++;
                return true;
            }
            scanned = filled;
            int moved = makeRoom();
            scanned -= moved;
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read <= 0) {
                return false;
            }
            filled += read;
        }
    }

    private int lineEnd(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Returns the number of bytes by which the rest has moved to the front. */
    private int makeRoom() {
        int moved = next;
        if (filled - next > LONGEST) {
            moved = filled; // the line's end will come as a line of its own, which is damaged as well
        }
        if (moved > 0) {
            System.arraycopy(buffer, moved, buffer, 0, filled - moved);
            filled -= moved;
            next = 0;
        } else if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        return moved;
    }

    /** Takes the rest at the end as a line, though its line end is missing; returns false when nothing is left. */
    boolean takeHalfLine() {
        if (next == filled) {
            return false;
        }
        lineFrom = next;
        lineTo = filled;
        next = filled;
        number++;
        return true;
    }

    /** Continues with another stream; half a line that was read is kept. */
    LineSplitter goOn(InputStream other) {
        in = other;
        return this;
    }

    byte[] buffer() {
        return buffer;
    }

    int lineFrom() {
        return lineFrom;
    }

    /** The end of the line, without its line end. */
    int lineTo() {
        return lineTo;
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }
}
