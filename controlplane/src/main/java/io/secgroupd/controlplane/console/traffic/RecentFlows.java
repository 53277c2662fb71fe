package io.secgroupd.controlplane.console.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The last lines of the flow log, numbered from 1 as they came. Safe for use by several threads. */
final class RecentFlows {

    /** The most flows that a page is told of at once: a person sees no more of a table that runs. */
    static final int MOST = 250;

    /** What a page has seen that has seen nothing. */
    static final long NONE = -1;

    private final Deque<NumberedFlow> lines = new ArrayDeque<>(MOST + 1);
    private long newest;

    private record NumberedFlow(long number, RawFlow line) {

        String json() {
            return line.numbered(number);
        }
    }

    /**
     * Lines that a page has not seen.
     *
     * @param next    the number of the newest line, behind which the page goes on
     * @param leftOut how many lines it has not seen and is not given
     * @param json    the lines with their numbers
     */
    record FlowPart(long next, long leftOut, List<String> json) {

        FlowPart {
            json = List.copyOf(json);
        }
    }

    synchronized void add(RawFlow line) {
        newest++;
        lines.addLast(new NumberedFlow(newest, line));
        if (lines.size() > MOST) {
            lines.removeFirst();
        }
    }

    /** Numbers lines that are not known. */
    synchronized void leaveOut(long count) {
        newest += count;
    }

    synchronized long newest() {
        return newest;
    }

    /** Forgets all lines; numbers go on. */
    synchronized void clear() {
        lines.clear();
    }

    /**
     * The newest of the lines behind a number.
     *
     * @param after negative for a page that has seen none; one of another start of this program is taken for that
     */
    FlowPart after(long after, int most) {
        var found = new ArrayDeque<NumberedFlow>();
        long seen;
        long end;
        synchronized (this) {
            seen = after > newest ? NONE : after;
            end = newest;
            Iterator<NumberedFlow> back = lines.descendingIterator();
            while (back.hasNext() && found.size() < most) {
                NumberedFlow flow = back.next();
                if (flow.number() <= seen) {
                    break;
                }
                found.addFirst(flow);
            }
        }
        var json = new ArrayList<String>(found.size());
        found.forEach(flow -> json.add(flow.json()));
        return new FlowPart(end, seen < 0 ? 0 : end - seen - found.size(), json);
    }
}
