package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.read.Role;

/** What all lines together stand for, and from when to when. */
final class Totals {

    private long lines;
    private long accepted;
    private long rejected;
    private long lost;
    private long gaps;
    private long replies;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Returns false when the line stands for no decision and is not a connection either; a report leaves it out. */
    boolean add(LogLine line) {
        lines++;
        first = Math.min(first, line.timeMillis());
        last = Math.max(last, line.timeMillis());
        if (line.isSkipData()) {
            lost += Math.max(0, line.number(Field.LOST));
            gaps += line.has(Field.LOST) ? 0 : 1;
            return false;
        }
        if (Role.of(line) == Role.REPLY) {
            replies++;
            return false;
        }
        if (line.accepted()) {
            accepted += line.number(Field.PACKETS);
        } else {
            rejected += line.number(Field.PACKETS);
        }
        return true;
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

    /** Records of AWS that say that others are missing, but not how many. */
    long gaps() {
        return gaps;
    }

    /** Records of AWS that are the answers of a connection. */
    long replies() {
        return replies;
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
