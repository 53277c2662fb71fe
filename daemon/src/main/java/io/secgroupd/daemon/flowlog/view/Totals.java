package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.read.Role;

/** The totals of all lines, and the period that they cover. */
final class Totals {

    private long lines;
    private long accepted;
    private long rejected;
    private long lost;
    private long gaps;
    private long replies;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Returns false when the line is neither a decision nor a connection; a report omits it. */
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

    /** The number of packets whose decision is in the log. */
    long packets() {
        return accepted + rejected;
    }

    /** The number of decisions that the log reports as missing. */
    long lost() {
        return lost;
    }

    /** The number of AWS records that say that others are missing, but not how many. */
    long gaps() {
        return gaps;
    }

    /** The number of AWS records that are the answers of a connection. */
    long replies() {
        return replies;
    }

    /** The start of the period in milliseconds since 1970-01-01T00:00:00Z; 0 without lines. */
    long first() {
        return lines == 0 ? 0 : first;
    }

    /** The end of the period in milliseconds since 1970-01-01T00:00:00Z; 0 without lines. */
    long last() {
        return lines == 0 ? 0 : last;
    }
}
