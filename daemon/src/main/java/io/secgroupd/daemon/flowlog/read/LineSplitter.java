package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream, one after the other, in a buffer that is filled again and again. */
final class LineSplitter {

    /** Our lines are far shorter: a file with a longer line is not a log. */
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
     * Goes to the next line and reads it, when it is JSON of ours and in the buffer: that needs no look for its end, which
     * takes as long as understanding it. False when {@link #next} has to.
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

    /** Goes to the next whole line; false at the end of what is there, where half a line may be left. */
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

    /** Returns by how many bytes the rest has moved to the front. */
    private int makeRoom() {
        int moved = next;
        if (filled - next > LONGEST) {
            moved = filled; // its end will come as a line of its own, which is damaged as well
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

    /** Takes what is left at the end as a line, though its line end is missing; false when nothing is left. */
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

    /** The same from here on out of another stream: half a line that was read stays. */
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

    /** Where it ends, without its line end. */
    int lineTo() {
        return lineTo;
    }

    /** From 1. */
    long number() {
        return number;
    }
}
