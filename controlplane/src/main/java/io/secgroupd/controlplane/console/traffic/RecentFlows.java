package io.secgroupd.controlplane.console.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last lines of the flow log, numbered from 1 as they came. Safe for use by several threads. */
final class RecentFlows {

    /** They take some 5 MB while a page looks at them. */
    static final int MOST = 10_000;

    /** What a page has seen that has seen nothing. */
    static final long NONE = -1;

    private final @Nullable RawFlow[] lines = new @Nullable RawFlow[MOST];
    private long newest;
    private long oldest = 1;

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
        oldest = Math.max(oldest, newest - MOST + 1);
        lines[place(newest)] = line;
    }

    synchronized long newest() {
        return newest;
    }

    /** Forgets all lines; numbers go on. */
    synchronized void clear() {
        Arrays.fill(lines, null);
        oldest = newest + 1;
    }

    /**
     * The newest of the lines behind a number.
     *
     * @param after negative for a page that has seen none; one of another start of this program is taken for that
     */
    FlowPart after(long after, int most) {
        List<RawFlow> found = new ArrayList<>();
        long seen;
        long end;
        long begin;
        synchronized (this) {
            seen = after > newest ? NONE : after;
            end = newest;
            begin = Math.max(Math.max(seen + 1, oldest), end - most + 1);
            for (long i = begin; i <= end; i++) {
                RawFlow line = lines[place(i)];
                if (line != null) {
                    found.add(line);
                }
            }
        }
        var json = new ArrayList<String>(found.size());
        for (int i = 0; i < found.size(); i++) {
            json.add(found.get(i).numbered(begin + i));
        }
        return new FlowPart(end, seen < 0 ? 0 : begin - seen - 1, json);
    }

    private static int place(long number) {
        return (int) (number % MOST);
    }
}
