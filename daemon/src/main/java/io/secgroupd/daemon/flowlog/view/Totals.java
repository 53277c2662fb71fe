package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;

/** What all lines together stand for, and from when to when. */
final class Totals {

    private long lines;
    private long accepted;
    private long rejected;
    private long lost;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(LogLine line) {
        lines++;
        first = Math.min(first, line.timeMillis());
        last = Math.max(last, line.timeMillis());
        if (line.isSkipData()) {
            lost += line.number(Field.LOST);
        } else if (line.accepted()) {
            accepted += line.number(Field.PACKETS);
        } else {
            rejected += line.number(Field.PACKETS);
        }
    }

    long lines() {
        return lines;
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return rejected;
    }

    /** Packets whose decision is in the log. */
    long packets() {
        return accepted + rejected;
    }

    /** Decisions that the log says are missing. */
    long lost() {
        return lost;
    }

    /** Milliseconds since 1970-01-01T00:00:00Z; 0 without lines. */
    long first() {
        return lines == 0 ? 0 : first;
    }

    /** Milliseconds since 1970-01-01T00:00:00Z; 0 without lines. */
    long last() {
        return lines == 0 ? 0 : last;
    }
}
