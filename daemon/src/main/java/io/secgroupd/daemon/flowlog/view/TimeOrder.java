package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.LineSink;
import io.secgroupd.daemon.flowlog.read.LogLine;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Sorts VPC lines. JSON lines are in order of time. A VPC line only has the time of its last packet, and one that
 * stands for several is written up to a window later than its neighbours.
 */
public final class TimeOrder implements LineSink {

    /** This is longer than any sensible {@code aggregate}. */
    private static final long HOLD_MILLIS = 60_000;

    /** AWS sums up ten minutes and delivers the records some time later. */
    private static final long HOLD_AGGREGATES_MILLIS = 1_200_000;

    private static final int MOST_HELD = 50_000;

    private final LineSink next;
    private final PriorityQueue<WaitingLine> held =
            new PriorityQueue<>(Comparator.comparingLong(WaitingLine::millis).thenComparingLong(WaitingLine::number));
    private long taken;
    private long latest = Long.MIN_VALUE;

    private record WaitingLine(long millis, long number, LogLine line) {}

    public TimeOrder(LineSink next) {
        this.next = next;
    }

    @Override
    public void line(LogLine line) {
        if (!line.isVpc() && held.isEmpty()) {
            next.line(line);
            return;
        }
        held.add(new WaitingLine(line.timeMillis(), taken++, line.copy()));
        latest = Math.max(latest, line.timeMillis());
        long hold = line.isAggregate() ? HOLD_AGGREGATES_MILLIS : HOLD_MILLIS;
        while (held.size() > MOST_HELD || (!held.isEmpty() && held.peek().millis < latest - hold)) {
            next.line(held.remove().line);
        }
    }

    @Override
    public void pause() {
        while (!held.isEmpty()) {
            next.line(held.remove().line);
        }
        next.pause();
    }

    @Override
    public boolean isClosed() {
        return next.isClosed();
    }
}
